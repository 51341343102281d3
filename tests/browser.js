// What is wrong with how a page looks, as Chromium has laid it out: `look.NAME()` answers with a list of sentences, empty where all is well.
window.look = (() => {
  const all = (selector, where = document) => [...where.querySelectorAll(selector)];
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const short = (text) => (words(text).length > 60 ? words(text).slice(0, 57) + "…" : words(text));
  const name = (element) => `<${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}${typeof element.className === "string" && element.className ? "." + element.className.trim().split(/\s+/).join(".") : ""}> “${short(element.textContent)}”`;
  const style = (element) => getComputedStyle(element);
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const px = (number) => Math.round(number * 10) / 10;

  // ---- text, and where it stands

  const spoken = (element) => {
    // Text for screen readers alone: one pixel large, or clipped away.
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const box = each.getBoundingClientRect();
      if (["absolute", "fixed"].includes(style(each).position) && ((box.width <= 1 && box.height <= 1) || style(each).clipPath === "inset(50%)" || box.right <= 0 || box.bottom + scrollY <= 0)) return true;
    }
    return false;
  };

  const texts = (root = document.body) => {
    // Every text that is shown, with the boxes of its lines.
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || !parent || parent.closest("style, script, template, title, desc, noscript") || !shown(parent) || spoken(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
      if (boxes.length) found.push({ node, parent, boxes });
    }
    return found;
  };

  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX) && element.scrollWidth > element.clientWidth;
  const inScroller = (element) => {
    // What is placed absolutely leaves the scrollers between it and what it is placed in.
    for (let each = element; each && each !== document.body; ) {
      const above = style(each).position === "absolute" ? each.offsetParent : each.parentElement;
      if (above && above !== document.body && scrolls(above)) return true;
      each = above;
    }
    return false;
  };

  const sideways = () => {
    // The page itself must not be wider than its window.
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = all("body *").filter((each) => shown(each) && each.getBoundingClientRect().right > clientWidth + 0.5 && !inScroller(each));
    return [`the page is ${scrollWidth} px wide in a window of ${clientWidth} px`, ...wide.filter((each) => !wide.some((other) => other !== each && each.contains(other))).slice(0, 5).map((each) => `${name(each)} ends at ${px(each.getBoundingClientRect().right)} px`)];
  };

  const cut = () => {
    // No text may lie outside of a box that clips it, nor before the page's left or top edge.
    const found = [];
    for (const { parent, boxes, node } of texts()) {
      for (let each = parent; each && each !== document.documentElement; each = each.parentElement) {
        const { overflowX, overflowY } = style(each);
        const clips = [overflowX, overflowY].map((one) => ["hidden", "clip"].includes(one));
        if (!clips[0] && !clips[1]) continue;
        const frame = each.getBoundingClientRect();
        if (boxes.some((box) => (clips[0] && (box.left < frame.left - 1 || box.right > frame.right + 1)) || (clips[1] && (box.top < frame.top - 0.25 * box.height || box.bottom > frame.bottom + 0.25 * box.height)))) {
          found.push(`“${short(node.data)}” is cut by ${name(each)}`);
          break;
        }
      }
      if (!inScroller(parent) && boxes.some((box) => box.left + scrollX < -1 || box.top + scrollY < -1)) found.push(`“${short(node.data)}” begins outside of the page`);
    }
    return found;
  };

  const overlapping = (list) => {
    // Pairs of boxes that lie over each other, a fifth of their height left out above and below: that is where letters rarely are.
    const found = [];
    const items = list.flatMap((each) => each.boxes.map((box) => ({ ...each, left: box.left + 1, right: box.right - 1, top: box.top + 0.2 * box.height, bottom: box.bottom - 0.2 * box.height }))).sort((a, b) => a.top - b.top);
    items.forEach((one, at) => {
      for (let next = at + 1; next < items.length && items[next].top < one.bottom; next++) {
        const other = items[next];
        if (one.node !== other.node && one.left < other.right && other.left < one.right) found.push(`“${short(one.node.data)}” lies over “${short(other.node.data)}”`);
      }
    });
    return found;
  };

  const covered = () => overlapping(texts());

  // ---- charts

  const charts = () => all("svg").filter((svg) => shown(svg) && all("text", svg).length);
  const labels = (svg) => all("text", svg).filter((text) => shown(text) && text.textContent.trim()).map((text) => ({ node: { data: text.textContent }, text, boxes: [text.getBoundingClientRect()] })).filter(({ boxes: [box] }) => box.width > 0.5);

  const crowded = () => {
    // In a chart no label lies over another, and none leaves the chart.
    const found = [];
    for (const svg of charts()) {
      const frame = svg.getBoundingClientRect(), title = svg.getAttribute("aria-label") || svg.closest("[id]")?.id || "a chart";
      for (const fault of overlapping(labels(svg))) found.push(`${short(title)}: ${fault}`);
      for (const { node, boxes: [box] } of labels(svg)) if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2) found.push(`${short(title)}: “${short(node.data)}” leaves the chart: ${[box.left - frame.left, frame.right - box.right, box.top - frame.top, frame.bottom - box.bottom].map(px)} px from its edges`);
    }
    return found;
  };

  const sizes = () => charts().map((svg) => labels(svg).map(({ text }) => [words(text.textContent), parseFloat(style(text).fontSize) * text.getScreenCTM().a, parseFloat(style(text).fontSize) * text.getScreenCTM().d, parseFloat(style(document.documentElement).fontSize)]));

  // ---- colours

  const colour = (text, opacity = 1) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: (alpha / 255) * opacity };
  };
  const over = (top, below) => top.rgb.map((part, at) => part * top.alpha + below[at] * (1 - top.alpha));
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
  const canvas = () => (matchMedia("(prefers-color-scheme: dark)").matches && style(document.documentElement).colorScheme.includes("dark") ? [18, 18, 18] : [255, 255, 255]);

  const behind = (element) => {
    // The colour of the page behind an element.
    const layers = [];
    for (let each = element; each; each = each.parentElement) if (!(each instanceof SVGElement) || each.tagName === "svg") layers.push(colour(style(each).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas());
  };

  const solid = (element) => {
    let opacity = 1;
    for (let each = element; each instanceof SVGElement; each = each.parentElement) opacity *= parseFloat(style(each).opacity);
    return opacity;
  };

  const faint = (least = 4.5) => {
    // The text of a chart against the page and every filled shape that is drawn before it at its middle.
    const found = [];
    for (const svg of charts()) {
      const drawn = all("rect, path, polygon, circle, ellipse, text", svg);
      for (const { text, boxes: [box] } of labels(svg)) {
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        let below = behind(svg);
        for (const shape of drawn.slice(0, drawn.indexOf(text))) {
          const frame = shape.getBoundingClientRect();
          if (shape.tagName === "text" || !shown(shape) || style(shape).fill === "none" || style(shape).fill.startsWith("url") || x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) continue;
          below = over(colour(style(shape).fill, parseFloat(style(shape).fillOpacity) * solid(shape)), below);
        }
        // A rim in the paper's colour keeps letters apart from what is drawn behind them.
        if (style(text).paintOrder.startsWith("stroke") && style(text).stroke !== "none" && parseFloat(style(text).strokeWidth) >= 3) below = over(colour(style(text).stroke, solid(text)), below);
        const ratio = contrast(over(colour(style(text).fill, parseFloat(style(text).fillOpacity) * solid(text)), below), below);
        if (ratio < least) found.push(`“${short(text.textContent)}” has a contrast of ${px(ratio)} in ${short(svg.getAttribute("aria-label") || "a chart")}`);
      }
    }
    return found;
  };

  // ---- the keyboard

  const reachable = () => all("a[href], area[href], summary, button, input, select, textarea, [tabindex]").filter((each) => each.tabIndex >= 0 && !each.disabled && shown(each) && !(each.tagName === "SUMMARY" && each.parentElement.tagName !== "DETAILS"));
  const scrollers = () => all("body *").filter((each) => shown(each) && (scrolls(each) || (["auto", "scroll"].includes(style(each).overflowY) && each.scrollHeight > each.clientHeight)));

  const unreachable = () => scrollers().filter((each) => each.tabIndex < 0 && !each.querySelector("a[href], button, [tabindex='0']")).map((each) => `${name(each)} scrolls, and no key gets there`);

  const unseen = (element) => {
    // Why somebody would not see that an element has the focus; null where one does.
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = style(element);
    if ((outlineStyle === "none" || parseFloat(outlineWidth) < 1.5) && boxShadow === "none") return "has no outline";
    if (outlineStyle !== "none" && outlineStyle !== "auto" && contrast(colour(outlineColor).rgb, behind(element.parentElement || element)) < 3) return `has an outline of ${outlineColor}, which is hardly seen`;
    const box = [...element.getClientRects()].find((each) => each.width > 1 && each.height > 1);
    if (!box) return "has no size";
    if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) return "is out of sight";
    const [x, y] = [Math.min(Math.max((Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, 0), innerWidth - 1), Math.min(Math.max((Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2, 0), innerHeight - 1)];
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element)) ? null : `is covered by ${top ? name(top) : "nothing that is known"}`;
  };

  const focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const fault = unseen(element);
    return { at: reachable().indexOf(element), name: name(element), fault: fault && `${name(element)} ${fault}` };
  };

  // ---- what readers by ear and machines need

  const glued = () => {
    // The name of a cell that its style writes before it must not run into what stands in the cell.
    const pen = document.createElement("canvas").getContext("2d");
    return all("[data-head]").filter(shown).flatMap((cell) => {
      const before = getComputedStyle(cell, "::before"), first = texts(cell)[0]?.boxes[0];
      if (!first || !/^"/.test(before.content)) return [];
      pen.font = `${before.fontWeight} ${before.fontSize} ${before.fontFamily}`;
      const frame = cell.getBoundingClientRect(), ends = frame.left + parseFloat(style(cell).paddingLeft) + pen.measureText(JSON.parse(before.content)).width;
      return first.top < frame.top + 0.8 * first.height && first.left < ends + 3 ? [`“${JSON.parse(before.content)}” runs into “${short(cell.textContent)}”`] : [];
    });
  };

  const unnamed = () => [
    ...all("table").filter((each) => !each.caption && !each.getAttribute("aria-label") && !each.getAttribute("aria-labelledby")).map((each) => `${name(each)} has no caption`),
    ...all("table th:not([scope])").map((each) => `${name(each)} has no scope`),
    ...all("svg").filter((each) => !each.parentElement.closest("svg") && !each.closest("[aria-hidden='true']") && !(each.getAttribute("role") === "img" && (each.getAttribute("aria-label") || each.getAttribute("aria-labelledby")))).map((each) => `${name(each)} is neither a named image nor hidden`),
    ...[...new Set(all("[id]").map((each) => each.id))].filter((id) => all("[id]").filter((each) => each.id === id).length > 1).map((id) => `the id ${id} stands more than once`),
    ...all("a[href^='#']").filter((each) => each.hash.length > 1 && !document.getElementById(decodeURIComponent(each.hash.slice(1)))).map((each) => `${name(each)} leads nowhere: ${each.hash}`),
  ];

  const links = () => all("a[href], area[href], link[href], [src], form[action]").map((each) => [each.tagName.toLowerCase(), each.getAttribute("href") ?? each.getAttribute("src") ?? each.getAttribute("action"), each.href || each.src || "", each.rel || "", each.hasAttribute("download")]);

  const written = () => {
    // Every text of the page, folded or not, but for ways about the page, and charts, which name as many years as have room.
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("style, script, template, nav, noscript, svg") && !spoken(walker.currentNode.parentElement)) found.push(walker.currentNode.data);
    return found;
  };

  const where = (id) => {
    // Whether what an address points at is in sight: its first line between the top and the bottom of the window.
    const element = document.getElementById(id);
    if (!element) return `nothing is called ${id}`;
    const box = element.getBoundingClientRect();
    if (!shown(element) || (box.width < 1 && box.height < 1)) return `${name(element)} is not shown`;
    return box.top >= -1 && box.top < innerHeight - 10 ? null : `${name(element)} stands at ${px(box.top)} px of ${innerHeight}`;
  };

  const scrolling = () => scrollers().map(name);

  return { all, scrolling, sideways, cut, covered, crowded, sizes, faint, glued, reachable: () => reachable().map(name), unreachable, focused, unnamed, links, written, where, charts: () => charts().length };
})();
