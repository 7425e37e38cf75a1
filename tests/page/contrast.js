// Every visible text whose colour stands out too little from what is behind it, by WCAG's formula.
() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((each, at) => each * a + below[at] * (1 - a));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((each) => (each /= 255) <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    if (!one) return [255, 255, 255];
    const colour = channels(getComputedStyle(one).backgroundColor);
    return (colour[3] ?? 1) === 1 ? colour.slice(0, 3) : over(colour, behind(one.parentElement));
  };
  const ratio = (one) => {
    const ground = behind(one);
    const [light, dark] = [luminance(over(channels(getComputedStyle(one).color), ground)), luminance(ground)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const hasText = (one) => [...one.childNodes].some((each) => each.nodeType === 3 && each.textContent.trim());
  return [...document.querySelectorAll("#shell *")]
    .filter((one) => one.checkVisibility({ opacityProperty: true }) && (hasText(one) || one.placeholder || one.value))
    .filter((one) => ratio(one) < 4.5)
    .map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 30)} ${ratio(one).toFixed(2)}`);
}
