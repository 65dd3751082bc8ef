// Evaluated in a page: what is wrong with how it is laid out now.
(() => {
  const told = (element) =>
    `${element.tagName.toLowerCase()} ${(element.textContent || element.name || '').trim().slice(0, 40)}`;
  const visible = [...document.querySelectorAll('body *')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }),
  );
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth;

  /** Text that is cut off by a box which shows no more of it. */
  const cut = visible.filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  });
  /** What reaches over the edge, even where nothing scrolls. */
  const beyond = visible.filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -1 || right > root.clientWidth + 1);
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
