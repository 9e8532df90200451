import { db } from "@/lib/core/db";

const everyMs = 50;

/** Stands where the worker would and has no answer for anybody, at once: who may ask is what is tried here. */
export function refuseQuestions(): { stop: () => Promise<void> } {
  let underWay = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(refuseAll);
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}

async function refuseAll(): Promise<void> {
  await db().workerQuestion.updateMany({
    where: { answeredAt: null },
    data: { failure: { code: "WORKER_SILENT", params: {} }, answeredAt: new Date() },
  });
}
