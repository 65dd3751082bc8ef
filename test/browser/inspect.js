// Evaluated in a page: what is wrong with how it is laid out now.
(() => {
  const told = (element) =>
    `${element.tagName.toLowerCase()} ${(element.textContent || element.name || '').trim().slice(0, 40)}`;
  /** What is to be read or used; ornaments are neither. */
  const visible = [...document.querySelectorAll('body *')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest('[aria-hidden="true"]'),
  );
  /** Whether what is cut off by a box can be scrolled to within it. */
  const isScrolled = (from, box) => {
    for (let at = from; at !== box; at = at.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(at).overflowY)) return true;
    return false;
  };
  const textsIn = (element) => {
    const rects = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement } = texts.currentNode;
      // A preview that says that it goes on is meant to be cut.
      const isPreview = getComputedStyle(parentElement).textOverflow === 'ellipsis';
      if (isPreview || !parentElement.checkVisibility() || isScrolled(parentElement, element))
        continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      rects.push(...range.getClientRects());
    }
    return rects;
  };
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth;

  /** Text that is cut off by a box which shows no more of it; the ornaments of a box may be. */
  const cut = visible.filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (![overflowX, overflowY].some((overflow) => ['hidden', 'clip'].includes(overflow)))
      return false;
    const box = element.getBoundingClientRect();
    return textsIn(element).some(
      ({ left, right, top, bottom }) =>
        left < box.left - 1 ||
        right > box.right + 1 ||
        top < box.top - 1 ||
        bottom > box.bottom + 1,
    );
  });
  /** What reaches over the edge, even where nothing scrolls; not what waits outside for the focus. */
  const beyond = visible.filter((element) => {
    const { left, right, bottom, width } = element.getBoundingClientRect();
    const isAway = right <= 0 || bottom <= 0;
    return width > 0 && !isAway && (left < -1 || right > root.clientWidth + 1);
  });
  /** WCAG 2.5.8: 24 by 24 pixels, but for links within a sentence. */
  const small = visible.filter((element) => {
    if (!element.matches('a[href], button, input, summary, select')) return false;
    const { width, height, bottom } = element.getBoundingClientRect();
    const isInSentence =
      getComputedStyle(element).display === 'inline' &&
      element.parentElement.textContent.trim() !== element.textContent.trim();
    return bottom > 0 && !isInSentence && (width < 24 || height < 24);
  });
  return {
    layout: [
      ...(wide ? [`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`] : []),
      ...cut.map((element) => `cuts off: ${told(element)}`),
      ...beyond.map((element) => `over the edge: ${told(element)}`),
    ],
    small: small.map(told),
  };
})();
