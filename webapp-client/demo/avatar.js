/** Gives an element somebody's initial and colour: the same for the same name, everywhere. */
export function avatar(element, name) {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) % 9973;
  element.dataset.initial = [...name][0];
  element.style.setProperty('--hue', (hash * 137) % 360);
  return element;
}
