/* What is written in a picture of a chain, by how near one is. Near: all. From far: one short name at each place, as large
   on the screen as before. From farther: one word for neighbours together, by country, with how many places they are.
   On maps marks and names keep their size, so that what stands close comes apart as one goes nearer. */
"use strict";
(() => {
  const FAR = 0.78, FARTHER = 0.42, LETTER = 6.1, LINE = 14;
  const spotsOf = new WeakMap();
  const read = (svg) => {
    if (!spotsOf.has(svg)) spotsOf.set(svg, [...svg.querySelectorAll(".spot[data-at]")].map((spot) => {
      const [x, y] = spot.dataset.at.split(" ").map(Number);
      const name = spot.querySelector(".who-text");
      return { x, y, name, full: name.textContent, where: spot.dataset.where, code: spot.dataset.code, count: Number(spot.dataset.count) };
    }));
    return spotsOf.get(svg);
  };
  const cut = (text, letters) => (text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`);
  const spacing = (spots) => {
    const columns = [...new Set(spots.map(({ x }) => x))].sort((a, b) => a - b);
    return columns.length > 1 ? columns[1] - columns[0] : 200;
  };

  const short = (spots, scale, letters) => {
    for (const spot of spots) spot.name.textContent = scale < FAR && scale >= FARTHER ? cut(spot.full, letters) : spot.full;
  };
  const together = (spots, scale) => {
    const columns = Map.groupBy ? Map.groupBy(spots, ({ x }) => x) : new Map();
    const groups = [];
    for (const column of columns.values()) {
      column.sort((a, b) => a.y - b.y);
      let group = null;
      for (const spot of column) {
        if (!group || (spot.y - group[0].y) * scale >= LINE) groups.push((group = []));
        group.push(spot);
      }
    }
    return groups;
  };
  const said = (group, letters) => {
    const counts = new Map();
    for (const spot of group) counts.set(spot.where, (counts.get(spot.where) || 0) + spot.count);
    const [[where, count]] = [...counts].sort((a, b) => b[1] - a[1]);
    const number = count > 1 ? ` ${count}` : "";
    const more = counts.size > 1 ? " +" : "";
    const room = letters - number.length - more.length;
    const code = group.find((spot) => spot.where === where).code;
    return (where.length <= room ? where : code || "?") + number + more;
  };
  const label = (svg, spots, scale, letters) => {
    svg.querySelector(".far-labels")?.remove();
    if (scale >= FARTHER) return;
    const layer = document.createElementNS("http://www.w3.org/2000/svg", "g");
    layer.setAttribute("class", "far-labels");
    layer.setAttribute("aria-hidden", "true");
    for (const group of together(spots, scale)) {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("x", group[0].x + 5 + 6 / scale);
      text.setAttribute("y", (group[0].y + group.at(-1).y) / 2 + 4 / scale);
      text.textContent = said(group, letters);
      layer.append(text);
    }
    svg.append(layer);
  };
  const dress = (svg, scale) => {
    svg.parentElement.style.setProperty("--away", 1 / scale);
    if (svg.matches(".map")) return spread(svg, scale);
    const spots = read(svg);
    const letters = Math.floor((spacing(spots) * scale - 18) / LETTER);
    svg.classList.toggle("far", scale < FAR);
    svg.classList.toggle("farther", scale < FARTHER);
    short(spots, scale, letters);
    label(svg, spots, scale, letters);
  };
  const spread = (svg, scale) => {
    const size = scale ** (scale < 1 ? -0.8 : -0.75);
    for (const stand of svg.querySelectorAll("[data-at]")) {
      const [x, y] = stand.dataset.at.split(" ").map(Number);
      stand.setAttribute("transform", `translate(${x * (1 - size)} ${y * (1 - size)}) scale(${size})`);
    }
    svg.classList.toggle("near", scale >= 1.9);
  };
  let last = null;
  document.addEventListener("picture:zoomed", ({ target, detail: { scale } }) => {
    last = [target, scale];
    dress(target, scale);
  });
  addEventListener("beforeprint", () => last && dress(last[0], 1));
  addEventListener("afterprint", () => last && dress(...last));
})();
