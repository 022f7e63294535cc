/** Milliseconds of a minute. */
const minuteMs = 60_000;

/** Does what may take long, and says after one minute, two, four and so on that it goes on. */
export async function withSignsOfLife<Result>(
  work: () => Promise<Result>,
  say: (minutes: number) => void,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const after = (minutes: number, sinceLast: number): void => {
    timer = setTimeout(() => {
      say(minutes);
      after(minutes * 2, minutes);
    }, sinceLast * minuteMs);
  };
  after(1, 1);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
