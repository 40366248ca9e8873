/* Pictures of chains: larger and smaller, drawn about by hand, folded and opened in place. Headings stay in view.
   Without this file a picture stands in its box at its own size, to be scrolled; each link leads to a page of its own. */
"use strict";
(() => {
  let shown = null;

  const start = (box, kept) => {
    const svg = box.querySelector("svg#picture");
    const heads = [...box.querySelectorAll(".tier-head")].map((head) => [head, head.getAttribute("x"), head.getAttribute("width")]);
    const tiers = box.querySelector("svg.tiers");
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const above = tiers ? 42 : 0;
    const room = () => [box.clientWidth / width, (box.clientHeight - above) / height];
    let scale = 1;

    const zoom = (to, at) => {
      const frame = box.getBoundingClientRect();
      const [x, y] = at || [frame.left + box.clientWidth / 2, frame.top + box.clientHeight / 2];
      const left = (box.scrollLeft + x - frame.left) / scale;
      const top = (box.scrollTop + y - frame.top - above) / scale;
      scale = Math.min(6, Math.max(Math.min(1, ...room()), to));
      svg.setAttribute("width", width * scale);
      svg.setAttribute("height", height * scale);
      tiers?.setAttribute("width", width * scale);
      for (const [head, start, wide] of heads) {
        head.setAttribute("x", start * scale);
        head.setAttribute("width", wide * scale);
      }
      box.scrollLeft = left * scale - (x - frame.left);
      box.scrollTop = top * scale - (y - frame.top) + above;
      svg.dispatchEvent(new CustomEvent("picture:zoomed", { bubbles: true, detail: { scale } }));
    };
    const acts = {
      larger: () => zoom(scale * 1.25),
      smaller: () => zoom(scale / 1.25),
      whole: () => zoom(Math.min(...room())),
      natural: () => zoom(1),
    };
    for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", acts[button.dataset.zoom]);
    document.querySelector(".zoom")?.removeAttribute("hidden");
    const keys = { "+": acts.larger, "=": acts.larger, "-": acts.smaller, 0: acts.whole, 1: acts.natural };
    box.addEventListener("keydown", (event) => {
      const act = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
      if (svg.contains(document.activeElement)) svg.dispatchEvent(new CustomEvent("picture:show", { detail: document.activeElement }));
    });
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(scale * Math.exp(-event.deltaY / 300), [event.clientX, event.clientY]);
    }, { passive: false });
    drag(box, svg);
    document.dispatchEvent(new CustomEvent("picture:started", { detail: { box, svg, scale: () => scale } }));

    const isMap = box.matches("[data-map]");
    const [across, down] = room();
    const wide = isMap ? Math.max(across, 0.62) : Math.min(1, Math.max(across, 0.55));
    zoom(kept?.scale ?? (isMap || down < 0.8 ? wide : Math.min(wide, down)));
    const first = kept ? svg.querySelector(`#${kept.spot || "none"}`) : document.querySelector("#picture :target") || svg.querySelector("[id^=spot-]");
    const at = (kept?.at && first && [kept.at[0], kept.at[1]]) || [box.clientWidth / 2, box.clientHeight / 2];
    if (first) {
      const [there, frame] = [first.getBoundingClientRect(), box.getBoundingClientRect()];
      box.scrollTop += there.top + there.height / 2 - frame.top - at[1];
      if (kept || first.matches(":target") || isMap) box.scrollLeft += there.left + there.width / 2 - frame.left - at[0];
    }
    shown = { box, scale: () => scale };
  };

  /* Drawing it about with the mouse; fingers scroll the box by themselves. */
  const drag = (box, svg) => {
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
    addEventListener("pointerup", () => setTimeout(() => {
      grip = null;
      box.classList.remove("held");
    }));
    svg.addEventListener("click", (event) => {
      if (!grip?.[4]) return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
  };

  /* Folding, and opening a group, by the fragment alone: the group stays under the eye, focus stays where it was. */
  const fold = (link, address) => {
    const spot = link.closest("[id^=spot-]")?.id || new URL(address, location.href).hash.slice(1);
    const old = shown.box.querySelector(`#${spot || "none"}`)?.getBoundingClientRect();
    const frame = shown.box.getBoundingClientRect();
    const at = old && [old.left + old.width / 2 - frame.left, old.top + old.height / 2 - frame.top];
    const kept = spot.startsWith("spot-") ? { spot, at, scale: shown.scale() } : null;
    const focus = document.activeElement === link ? link.id || spot : "";
    const chain = document.getElementById("chain");
    chain.setAttribute("aria-busy", "true");
    window.htmx.ajax("GET", address.split("#")[0], { target: chain, swap: "innerHTML show:none" }).then(() => {
      chain.removeAttribute("aria-busy");
      begin(kept);
      if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    });
  };
  const begin = (kept) => {
    const box = document.querySelector("[data-picture]");
    if (!box?.querySelector("svg#picture")) return;
    if (box.dataset.narrow && box.clientWidth < 480) return location.replace(box.dataset.narrow + location.hash);
    start(box, kept);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-fold]");
    if (!link || !window.htmx || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fold(link, link.getAttribute("href"));
  });
  document.addEventListener("DOMContentLoaded", () => begin(null));
})();
