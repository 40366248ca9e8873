/* Pictures of chains: walked through with the arrow keys, along their ways and beside; what belongs together lights up.
   One place at a time is in the tab order; right and left lead along the ways, up and down beside, Home to the line. */
"use strict";
document.addEventListener("picture:started", ({ detail: { box, svg, scale } }) => {
  const spots = [...svg.querySelectorAll("a[id^=spot-]")];
  const ways = [...svg.querySelectorAll("[data-from]")];
  const numberOf = (spot) => spot.id.slice(5);
  const next = { up: new Map(), down: new Map() };
  for (const { dataset } of ways) {
    next.up.set(dataset.from, (next.up.get(dataset.from) || new Set()).add(dataset.to));
    next.down.set(dataset.to, (next.down.get(dataset.to) || new Set()).add(dataset.from));
  }
  const show = (spot) => {
    const frame = box.getBoundingClientRect();
    const there = spot.getBoundingClientRect();
    box.scrollLeft += Math.min(0, there.left - frame.left - 12) + Math.max(0, there.right - frame.left - box.clientWidth + 12);
    const middle = there.top + there.height / 2 - frame.top;
    if (middle < 72 || middle > box.clientHeight - 40) box.scrollTop += middle - box.clientHeight / 2;
  };
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
    const there = (spot.querySelector(".ground") || spot).getBoundingClientRect();
    return [there.left + 10, there.top + there.height / 2];
  };
  const along = (spot, way) => {
    const [, y] = middle(spot);
    const found = [...(next[way].get(numberOf(spot)) || [])].map((number) => svg.getElementById(`spot-${number}`)).filter((each) => each?.matches("a"));
    return found.sort((a, b) => Math.abs(middle(a)[1] - y) - Math.abs(middle(b)[1] - y))[0];
  };
  const beside = (spot, side) => {
    const [x, y] = middle(spot);
    const anywhere = box.matches("[data-stacked], [data-map]");
    const far = (each) => (middle(each)[1] - y) * side;
    const found = spots.filter((each) => far(each) > 1 && (anywhere || Math.abs(middle(each)[0] - x) < 40 * scale()));
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
  svg.addEventListener("picture:show", (event) => show(event.detail));
  svg.addEventListener("keydown", (event) => {
    const spot = event.target.closest("a[id^=spot-]");
    if (!spot || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](spot)?.focus({ preventScroll: true });
  });
  here([document.querySelector("a:target"), spots[0]].find((each) => each && spots.includes(each)));
});
