"use server";

import { defineAction } from "@/app/_http/define-action";
import { removeMetricsSource } from "@/lib/clusters/metrics-source/remove-metrics-source";
import { oneMetricsSource, setMetricsSourceInput } from "@/lib/clusters/metrics-source/schema";
import { setMetricsSource } from "@/lib/clusters/metrics-source/set-metrics-source";
import { testMetricsSource } from "@/lib/clusters/metrics-source/test-metrics-source";

export const setMetricsSourceAction = defineAction(setMetricsSourceInput, setMetricsSource);
export const removeMetricsSourceAction = defineAction(oneMetricsSource, removeMetricsSource);
export const testMetricsSourceAction = defineAction(oneMetricsSource, testMetricsSource, {
  refreshes: false,
});
