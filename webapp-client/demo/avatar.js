/** Gives an element somebody's initial and colour: the same for the same name, everywhere. */
export function avatar(element, name) {
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  element.dataset.initial = [...name][0];
  element.style.setProperty('--hue', hue);
  return element;
}
