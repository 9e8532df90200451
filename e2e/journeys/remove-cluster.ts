import type { Page } from "@playwright/test";
import { z } from "zod";
import type { Stack } from "@/e2e/stack";

const clusterList = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Leaves the stack with the one cluster it began with, also where a journey broke off. */
export async function removeCluster(page: Page, stack: Stack, name: string): Promise<void> {
  const { items } = clusterList.parse(
    await (await page.request.get("/api/v1/admin/clusters?per_page=100")).json(),
  );
  const cluster = items.find((each) => each.name === name);
  if (!cluster) return;
  await page.request.delete(`/api/v1/admin/clusters/${cluster.id}?confirm_name=${name}`, {
    headers: { origin: stack.url },
  });
}
