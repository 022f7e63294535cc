import { Failure, unrolled } from './cmdlet.ts';
import { isTrue, textOf, type Value } from './values.ts';

const mostText = 4 * 1024 * 1024;
const tooMuch = "Exception of type 'System.OutOfMemoryException' was thrown.";

/** An operator between two values, without regard to case as PowerShell compares. */
export function operate(operator: string, left: Value, right: Value): Value {
  const [one, other] = [textOf(left), textOf(right)];
  switch (operator) {
    case '+':
      if (typeof left === 'number' && typeof right === 'number') return left + right;
      // Doubled again and again it would fill the memory.
      if (one.length + other.length > mostText)
        throw new Failure('', tooMuch, 'OperationStopped: (:) [], OutOfMemoryException', 'System.OutOfMemoryException');
      if (Array.isArray(left)) return [...(left as readonly Value[]), ...unrolled(right)];
      return one + other;
    case 'eq':
      return one.toLowerCase() === other.toLowerCase();
    case 'ne':
      return one.toLowerCase() !== other.toLowerCase();
    case 'like':
      return like(one, other);
    case 'notlike':
      return !like(one, other);
    case 'match':
      return matches(one, other);
    case 'notmatch':
      return !matches(one, other);
    case 'and':
      return isTrue(left) && isTrue(right);
    case 'or':
      return isTrue(left) || isTrue(right);
    case 'join':
      return unrolled(left).map(textOf).join(other);
    case 'replace': {
      const [from, to = ''] = unrolled(right).map(textOf);
      return one.replaceAll(from ?? '', to);
    }
    default: {
      const difference =
        left instanceof Date && right instanceof Date ? left.getTime() - right.getTime() : Number(one) - Number(other);
      return operator === 'gt'
        ? difference > 0
        : operator === 'lt'
          ? difference < 0
          : operator === 'ge'
            ? difference >= 0
            : difference <= 0;
    }
  }
}

function like(text: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  let rest = text.toLowerCase();
  for (const [at, part] of parts.entries()) {
    const found =
      at === 0
        ? rest.startsWith(part)
          ? 0
          : -1
        : at === parts.length - 1
          ? rest.endsWith(part)
            ? rest.length - part.length
            : -1
          : rest.indexOf(part);
    if (found === -1) return false;
    rest = rest.slice(found + part.length);
  }
  return parts.length > 1 || rest === '';
}

/** -match takes regular expressions; the lab takes only the literal ones among them, which cost no time whatever they are tried on. */
function matches(text: string, pattern: string): boolean {
  const plain = pattern.replaceAll(/\\(.)/g, '$1');
  const anchored = plain.replace(/^\^/, '').replace(/\$$/, '').toLowerCase();
  const searched = text.toLowerCase();
  if (plain.startsWith('^') && plain.endsWith('$')) return searched === anchored;
  if (plain.startsWith('^')) return searched.startsWith(anchored);
  return plain.endsWith('$') ? searched.endsWith(anchored) : searched.includes(anchored);
}
