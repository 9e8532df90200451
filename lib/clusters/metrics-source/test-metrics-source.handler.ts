import { z } from "zod";
import { listKnownMetrics, type PrometheusSource } from "@/lib/adapters/prometheus/query-range";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { openMetricsSource } from "./open-metrics-source";
import { neededMetrics } from "./rules";
import type { MetricsSourceTest } from "./schema";

const asked = z.object({ clusterId: z.string() });

/** Asks the Prometheus which of KubeVirt's metrics it knows. */
export async function testMetricsSource({ questionId }: { questionId: string }): Promise<void> {
  const question = await readQuestion(questionId);
  if (question === null) return;
  const source = await openMetricsSource(asked.parse(question).clusterId);
  if (source === null)
    return answerQuestion(questionId, { failure: { code: "RESOURCE_NOT_FOUND", params: {} } });
  return answerQuestion(questionId, { answer: { ...(await tryPatiently(source)) } });
}

async function tryPatiently(source: PrometheusSource): Promise<MetricsSourceTest> {
  const begun = performance.now();
  const result = (rest: Pick<MetricsSourceTest, "ok" | "message" | "found">): MetricsSourceTest => ({
    ...rest,
    missing: neededMetrics.filter((metric) => !rest.found.includes(metric)),
    durationMs: Math.round(performance.now() - begun),
  });
  try {
    return result({ ok: true, message: "", found: await listKnownMetrics(source, neededMetrics) });
  } catch (error) {
    if (!(error instanceof OutsideFetchFailure)) throw error;
    return result({ ok: false, message: error.message, found: [] });
  }
}
