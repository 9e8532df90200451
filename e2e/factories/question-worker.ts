import { db } from "@/lib/core/db";

type Handler = (payload: { questionId: string }) => Promise<void>;

export interface QuestionWorker {
  /** How many questions of each job it has answered. */
  answered: Record<string, number>;
  stop(): Promise<void>;
}

const everyMs = 20;

/** Answers questions as they come, by the real handlers, without the queue between. */
export function aQuestionWorker(handlers: Record<string, Handler>): QuestionWorker {
  const begun = new Set<string>();
  const answered: Record<string, number> = {};
  let underWay: Promise<unknown> = Promise.resolve();
  const answerAll = async () => {
    const open = await db().workerQuestion.findMany({
      where: { answeredAt: null, kind: { in: Object.keys(handlers) } },
      select: { id: true, kind: true },
    });
    const fresh = open.filter(({ id }) => !begun.has(id));
    for (const { id } of fresh) begun.add(id);
    await Promise.all(
      fresh.map(async ({ id, kind }) => {
        answered[kind] = (answered[kind] ?? 0) + 1;
        await handlers[kind]?.({ questionId: id });
      }),
    );
  };
  const timer = setInterval(() => {
    underWay = underWay.then(answerAll);
  }, everyMs);
  return {
    answered,
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}
