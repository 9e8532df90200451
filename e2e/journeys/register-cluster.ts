import fs from "node:fs";
import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import type { Stack } from "@/e2e/stack";

const registered = z.object({ id: z.string() });
const detail = z.object({ status: z.string() });

interface ClusterToRegister {
  name: string;
  displayName: string;
  environment: "test" | "prod";
}

/** The stack's second cluster, by an administrator's own session; it is there once the portal finds it healthy. */
export async function registerCluster(page: Page, stack: Stack, cluster: ClusterToRegister): Promise<void> {
  const answer = await page.request.post("/api/v1/admin/clusters", {
    headers: { origin: stack.url },
    data: {
      name: cluster.name,
      display_name: cluster.displayName,
      environment: cluster.environment,
      kubeconfig: fs.readFileSync(stack.lab.second.kubeconfig, "utf8"),
      // Of clusters that fit equally well the journeys' machines stay on the first one.
      scheduling_weight: 10,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = registered.parse(await answer.json());
  const read = async () =>
    detail.parse(await (await page.request.get(`/api/v1/admin/clusters/${id}`)).json()).status;
  await expect.poll(read, { timeout: 30_000 }).toBe("HEALTHY");
}
