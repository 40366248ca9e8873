/* Pictures of chains: larger and smaller, drawn about by hand, walked through with the arrow keys along their ways.
   Without this file a picture stands in its box at its own size, to be scrolled, each place a link. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-picture]");
  const svg = box?.querySelector("svg");
  if (!svg) return;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const spots = [...svg.querySelectorAll("a[id^=spot-]")];
  const ways = [...svg.querySelectorAll("[data-from]")];
  const numberOf = (spot) => spot.id.slice(5);
  const next = { up: new Map(), down: new Map() };
  for (const { dataset } of ways) {
    next.up.set(dataset.from, (next.up.get(dataset.from) || new Set()).add(dataset.to));
    next.down.set(dataset.to, (next.down.get(dataset.to) || new Set()).add(dataset.from));
  }
  let scale = 1;

  const zoom = (to, at) => {
    const least = Math.min(1, box.clientWidth / width, box.clientHeight / height);
    const frame = box.getBoundingClientRect();
    const [x, y] = at || [frame.left + box.clientWidth / 2, frame.top + box.clientHeight / 2];
    const left = (box.scrollLeft + x - frame.left) / scale;
    const top = (box.scrollTop + y - frame.top) / scale;
    scale = Math.min(6, Math.max(least, to));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    svg.classList.toggle("far", scale < 0.62);
    svg.classList.toggle("farther", scale < 0.36);
    box.scrollLeft = left * scale - (x - frame.left);
    box.scrollTop = top * scale - (y - frame.top);
  };
  const whole = () => zoom(Math.min(box.clientWidth / width, box.clientHeight / height));
  const show = (spot) => {
    const frame = box.getBoundingClientRect();
    const there = spot.getBoundingClientRect();
    box.scrollLeft += Math.min(0, there.left - frame.left - 12) + Math.max(0, there.right - frame.left - box.clientWidth + 12);
    const middle = there.top + there.height / 2 - frame.top;
    if (middle < 40 || middle > box.clientHeight - 40) box.scrollTop += middle - box.clientHeight / 2;
  };

  /* One place at a time is in the tab order; arrows lead on: right and left along the ways, up and down beside. */
  const light = (spot) => {
    const lit = new Set();
    for (const way of Object.values(next)) {
      const waiting = spot ? [numberOf(spot)] : [];
      const met = new Set(waiting);
      while (waiting.length) for (const number of way.get(waiting.pop()) || []) if (!met.has(number)) waiting.push(number), met.add(number);
      met.forEach((number) => lit.add(number));
    }
    svg.classList.toggle("walked", Boolean(spot));
    for (const each of spots) each.classList.toggle("lit", lit.has(numberOf(each)));
    for (const way of ways) way.classList.toggle("lit", lit.has(way.dataset.from) && lit.has(way.dataset.to));
  };
  const here = (spot) => {
    for (const each of spots) each.setAttribute("tabindex", each === spot ? "0" : "-1");
  };
  const middle = (spot) => {
    const there = spot.getBoundingClientRect();
    return [there.left + 10, there.top + there.height / 2];
  };
  const along = (spot, way) => {
    const [, y] = middle(spot);
    const found = [...(next[way].get(numberOf(spot)) || [])].map((number) => svg.getElementById(`spot-${number}`)).filter((each) => each?.matches("a"));
    return found.sort((a, b) => Math.abs(middle(a)[1] - y) - Math.abs(middle(b)[1] - y))[0];
  };
  const beside = (spot, side) => {
    const [x, y] = middle(spot);
    const stacked = box.matches("[data-stacked]");
    const far = (each) => (middle(each)[1] - y) * side;
    const found = spots.filter((each) => far(each) > 1 && (stacked || Math.abs(middle(each)[0] - x) < 40 * scale));
    return found.sort((a, b) => far(a) - far(b))[0];
  };
  const keys = {
    ArrowRight: (spot) => along(spot, "up"),
    ArrowLeft: (spot) => along(spot, "down"),
    ArrowUp: (spot) => beside(spot, -1),
    ArrowDown: (spot) => beside(spot, 1),
    Home: () => spots[0],
  };
  svg.addEventListener("focusin", (event) => {
    const spot = event.target.closest("a");
    here(spot);
    light(spot);
    show(spot);
  });
  svg.addEventListener("focusout", () => light(null));
  svg.addEventListener("keydown", (event) => {
    const spot = event.target.closest("a[id^=spot-]");
    if (!spot || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](spot)?.focus({ preventScroll: true });
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { "+": () => zoom(scale * 1.25), "=": () => zoom(scale * 1.25), "-": () => zoom(scale / 1.25), 0: whole }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    if (svg.contains(document.activeElement)) show(document.activeElement);
  });
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(scale * Math.exp(-event.deltaY / 300), [event.clientX, event.clientY]);
  }, { passive: false });

  /* Drawing it about with the mouse; fingers scroll the box by themselves. */
  let grip = null;
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && !event.button) grip = [event.clientX, event.clientY, box.scrollLeft, box.scrollTop, false];
  });
  addEventListener("pointermove", (event) => {
    if (!grip) return;
    const [x, y] = [event.clientX - grip[0], event.clientY - grip[1]];
    if (Math.abs(x) + Math.abs(y) > 5) grip[4] = true;
    if (!grip[4]) return;
    box.classList.add("held");
    box.scrollTo(grip[2] - x, grip[3] - y);
  });
  addEventListener("pointerup", () => {
    setTimeout(() => {
      grip = null;
      box.classList.remove("held");
    });
  });
  svg.addEventListener("click", (event) => grip?.[4] && event.preventDefault(), true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  const acts = { larger: () => zoom(scale * 1.25), smaller: () => zoom(scale / 1.25), whole };
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", acts[button.dataset.zoom]);
  document.querySelector(".zoom")?.removeAttribute("hidden");
  const first = document.querySelector("a:target, g:target") || spots[0];
  if (box.dataset.narrow && box.clientWidth < 480) return location.replace(box.dataset.narrow + location.hash);
  if (box.matches("[data-map]") || height > 0 && width < box.clientWidth) zoom(box.matches("[data-map]") ? Math.max(box.clientWidth / width, 0.62) : 1);
  if (first?.matches("a")) here(first);
  if (first) {
    const there = first.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    box.scrollTop += there.top + there.height / 2 - frame.top - box.clientHeight / 2;
    if (first.matches(":target") || box.matches("[data-map]")) box.scrollLeft += there.left + there.width / 2 - frame.left - box.clientWidth / 2;
  }
});
