/** What was answered so recently is an answer for whoever comes after, too. */
const freshMs = 3_000;

const asked = new Map<string, Promise<unknown>>();

/**
 * One question of this process for however many ask it at once, and shortly after; a refusal is nobody else's.
 * The caller has made sure that the person may ask, and a key always stands for the same question.
 */
export async function askShared<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
  const running = asked.get(key);
  // The key says which question it is, and with it the shape of its answer.
  if (running !== undefined) return running as Promise<Answer>;
  const asking = ask();
  asked.set(key, asking);
  const forget = () => asked.delete(key);
  asking.then(() => setTimeout(forget, freshMs).unref(), forget);
  return asking;
}
