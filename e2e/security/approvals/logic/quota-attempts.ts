import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { requestIncrease } from "@/lib/requests/quotas/request-increase";
import { increaseQuotaInput, noLimits, setQuotaInput } from "@/lib/requests/quotas/schema";
import { dimensions } from "@/lib/vocabulary/quota-dimensions";
import { setQuota } from "@/lib/requests/quotas/set-quota";
import { throughForm, type Attempt } from "./try-attempt";

/** No count of anything. */
const noCounts = [-1, -0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e18, 2 ** 53, "ten", [], {}, true, 0.05];

/** Limits that are no numbers, and increases that are none or of another System. */
export async function quotaAttempts(): Promise<Attempt[]> {
  const administrator = await anAdministrator();
  const owner = await aPerson("role-development-engineer");
  const { systemId } = await aService(owner);
  const { systemId: foreignId } = await aService(await aPerson("role-development-engineer"));
  const limits = { ...noLimits, vms: 5, cpuCores: 8 };
  await setQuota(administrator, { systemId, environment: "test", ...limits });
  await setQuota(administrator, { systemId: foreignId, environment: "test", ...limits });
  const place = { systemId, environment: "test" };
  const set = throughForm(setQuotaInput, (input) => setQuota(administrator, input));
  const raise = throughForm(increaseQuotaInput, (input) => requestIncrease(owner, input));
  const more = { ...place, reason: "More" };
  const counts = dimensions.flatMap((what) =>
    noCounts.flatMap((count) => [
      { name: `a limit of ${text(count)} ${what}`, act: set({ ...place, ...noLimits, [what]: count }) },
      { name: `an increase to ${text(count)} ${what}`, act: raise({ ...more, [what]: count }) },
    ]),
  );
  const increases: Record<string, object> = {
    "of nothing": more,
    "to as much as there is": { ...more, vms: 5 },
    "to less than there is": { ...more, vms: 4 },
    "to nothing at all": { ...more, vms: 0 },
    "of what has no limit": { ...more, gpus: 4 },
    "of more and of less at once": { ...more, vms: 6, cpuCores: 1 },
    "of another System": { ...more, systemId: foreignId, vms: 10 },
    "of a System that never was": { ...more, systemId: "none", vms: 10 },
    "in an environment that never was": { ...more, environment: "none", vms: 10 },
    "without a reason": { ...place, vms: 10, reason: " " },
    "that runs at once": { ...more, vms: 10, policyEffect: "run" },
    "that names who asks": { ...more, vms: 10, requesterId: "another" },
  };
  const seen = [99, -1, 0.5, "1"].map((revision) => ({
    name: `a limit at revision ${JSON.stringify(revision)}`,
    act: set({ ...place, ...noLimits, revision }),
  }));
  return [
    ...counts,
    ...Object.entries(increases).map(([name, value]) => ({ name: `an increase ${name}`, act: raise(value) })),
    ...seen,
    { name: "a limit of a System that never was", act: set({ ...place, ...noLimits, systemId: "none" }) },
    {
      name: "a limit where there is no environment",
      act: set({ ...place, ...noLimits, environment: "none" }),
    },
  ];
}

/** As JSON says it, where JSON can. */
const text = (value: unknown) => (typeof value === "number" ? String(value) : JSON.stringify(value));
