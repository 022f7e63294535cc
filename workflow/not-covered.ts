import type { Plan } from '#model/plan.ts';
import { subjectTitle } from '#model/subject.ts';
import { faultOf } from '#faults/index.ts';
import { notWished } from './wished.ts';
import { leftToPeople } from '#remediations/left-to-people.ts';

/** What a plan leaves to people: a fault wherever it is for the same reason, why it matters, and what to do by hand. */
export interface LeftOver {
  readonly fault: string;
  readonly subjects: readonly Plan['notCovered'][number]['subject'][];
  readonly because: string;
  readonly matters: string;
  readonly todo: string;
}

/** Each fault and reason once, in the order of the findings. */
export function leftOver(notCovered: Plan['notCovered']): LeftOver[] {
  const alike = Map.groupBy(notCovered, ({ fault, because, todo = '' }) => `${fault} ${because} ${todo}`);
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { fault, because } = first;
    const known = faultOf(fault);
    const left = leftToPeople.get(fault);
    return {
      fault,
      subjects: [first, ...others].map(({ subject }) => subject),
      because,
      matters: known?.symptom ?? '',
      todo: (left?.because === because ? left.todo : undefined) ?? first.todo ?? known?.advice ?? '',
    };
  });
}

/** Why no plan covers a fault for which no remediation gave a reason of its own. */
export function whyLeft(fault: string): string {
  return leftToPeople.get(fault)?.because ?? 'no remediation of this version is for it on a machine of this sort';
}

/** The same as lines of text; `where` puts places into words. */
export function leftOverLines(
  notCovered: Plan['notCovered'],
  where: (subjects: LeftOver['subjects']) => string = (subjects) => subjects.map(subjectTitle).join(', '),
): string[] {
  const isWished = ({ because }: Plan['notCovered'][number]): boolean => because !== notWished;
  const others = notCovered.filter((each) => !isWished(each));
  return [
    ...leftOver(notCovered.filter(isWished)).flatMap(({ fault, subjects, because, matters, todo }) => [
      `  ${fault}: ${because}`,
      `    where    ${where(subjects)}`,
      `    matters  ${matters}`,
      `    by hand  ${todo}`,
    ]),
    ...(others.length === 0 ? [] : ['  left to another plan (uccert plan)']),
    ...leftOver(others).map(({ fault, subjects }) => `    ${fault}: ${where(subjects)}`),
  ];
}
