const letter = /^\p{L}$/u;

/**
 * The order of mapping keys in go.yaml.in/yaml/v2 (sorter.go): by code point, digits by the number they make,
 * letters after everything else.
 */
export function compareNaturally(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  if (index === length) return a.length - b.length;
  const [left, right] = [a.charAt(index), b.charAt(index)];
  const [leftLetter, rightLetter] = [isLetter(left), isLetter(right)];
  if (leftLetter && rightLetter) return left < right ? -1 : 1;
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1;
  return compareNumbers(a, b, index);
}

function compareNumbers(a: string, b: string, index: number): number {
  // A zero after a digit that is none belongs to a number already begun: "10" against "1".
  const lead = continuesNumber(a, b, index) ? "1" : "";
  const leftDigits = digitsAt(a, index);
  const rightDigits = digitsAt(b, index);
  const left = BigInt(lead + leftDigits || "0");
  const right = BigInt(lead + rightDigits || "0");
  if (left !== right) return left < right ? -1 : 1;
  if (leftDigits.length !== rightDigits.length) return leftDigits.length - rightDigits.length;
  return a.charAt(index) < b.charAt(index) ? -1 : 1;
}

function continuesNumber(a: string, b: string, index: number): boolean {
  if (a.charAt(index) !== "0" && b.charAt(index) !== "0") return false;
  for (let before = index - 1; before >= 0 && isDigit(a, before); before--) {
    if (a.charAt(before) !== "0") return true;
  }
  return false;
}

function digitsAt(text: string, from: number): string {
  let end = from;
  while (end < text.length && isDigit(text, end)) end++;
  return text.slice(from, end);
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}

function isLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return letter.test(character);
}

/** For `sort`: by UTF-16 code unit, the order of every list that kOps sorts. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
