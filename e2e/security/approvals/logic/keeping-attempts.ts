import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { extendVm } from "@/lib/requests/lifetimes/extend-vm";
import { pauseSchedule } from "@/lib/requests/lifetimes/pause-schedule";
import { protectVm } from "@/lib/requests/lifetimes/protect-vm";
import { removeSchedule } from "@/lib/requests/lifetimes/remove-schedule";
import { requestExtension } from "@/lib/requests/lifetimes/request-extension";
import { requestSchedule } from "@/lib/requests/lifetimes/request-schedule";
import {
  environmentLifetimeInput,
  extendVmInput,
  protectVmInput,
  requestExtensionInput,
  requestScheduleInput,
} from "@/lib/requests/lifetimes/schema";
import { setEnvironmentLifetime } from "@/lib/requests/lifetimes/set-environment-lifetime";
import { skipRun } from "@/lib/requests/lifetimes/skip-run";
import { deleteVm } from "@/lib/requests/delete-vm";
import { anAdministrator } from "@/e2e/factories/person";
import { aPlainCast, type Cast } from "./make-cast";
import { throughForm, type Attempt } from "./try-attempt";

const dayMs = 86_400_000;
const entries = [{ action: "stop" as const, weekdays: [1], time: "19:00" }];

async function aMachine({ serviceId }: Cast) {
  const [cluster, namespace] = await Promise.all([aCluster(), aNamespace()]);
  const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId, status: "STOPPED" });
  const life = { vmId: vm.id, expiresAt: new Date(Date.now() + 3 * dayMs), protected: true };
  await db().vmLifetime.create({ data: life, select: { vmId: true } });
  return vm;
}

const acts: Record<string, (ctx: Context, vm: { id: string; name: string }) => Promise<unknown>> = {
  extend: (ctx, { id: vmId }) => extendVm(ctx, { vmId, days: 1 }),
  unprotect: (ctx, { id: vmId, name }) => protectVm(ctx, { vmId, protected: false, confirmName: name }),
  "ask to extend": (ctx, { id: vmId }) => requestExtension(ctx, { vmId, days: 900, reason: "long" }),
  "ask for a schedule of": (ctx, { id: vmId }) =>
    requestSchedule(ctx, { vmId, timeZone: "UTC", entries, reason: "nights" }),
  "pause the schedule of": (ctx, { id: vmId }) => pauseSchedule(ctx, { vmId, until: null }),
  "skip a run of": (ctx, { id: vmId }) => skipRun(ctx, { vmId }),
  "remove the schedule of": (ctx, { id: vmId }) => removeSchedule(ctx, { vmId }),
  "delete what is protected:": (ctx, { id: vmId }) => deleteVm(ctx, { vmId, reason: "over", confirm: true }),
};

/** What keeps others' machines, and numbers and hours that are none. */
export async function keepingAttempts(): Promise<Attempt[]> {
  const cast = await aPlainCast();
  const vm = await aMachine(cast);
  const others = cast.everybody
    .filter(({ title }) => title !== "a keeper of the System")
    .flatMap(({ title, ctx, relation }) =>
      relation === "requester"
        ? []
        : Object.entries(acts).map(([name, act]) => ({
            name: `${title} to ${name} ${cast.title} machine`,
            act: () => act(ctx, vm),
          })),
    );
  const remove = { vmId: vm.id, reason: "over", confirm: true };
  return [
    ...others,
    {
      name: "what is protected is deleted by its owner",
      act: () => deleteVm(cast.requester, remove),
      codes: ["DELETION_PROTECTED"],
    },
    ...(await wrongValues(cast, vm.id)),
  ];
}

async function wrongValues({ requester }: Cast, vmId: string): Promise<Attempt[]> {
  const administrator = await anAdministrator();
  const extend = throughForm(extendVmInput, (input) => extendVm(requester, input));
  const ask = throughForm(requestExtensionInput, (input) => requestExtension(requester, input));
  const plan = throughForm(requestScheduleInput, (input) => requestSchedule(requester, input));
  const protect = throughForm(protectVmInput, (input) => protectVm(requester, input));
  const set = throughForm(environmentLifetimeInput, (input) => setEnvironmentLifetime(administrator, input));
  const noDays = [0, -1, 1.5, 3_651, Number.NaN, "long", {}, 1e18];
  const schedule = { vmId, timeZone: "UTC", entries, reason: "nights" };
  const [entry] = entries;
  const wrongPlans: object[] = [
    ...[
      { timeZone: "Mars/Base" },
      { timeZone: "" },
      { entries: [] },
      { entries: Array.from({ length: 15 }, () => entry) },
    ],
    ...["24:00", "7:00", "19:60", "noon", ""].map((time) => ({ entries: [{ ...entry, time }] })),
    ...[[], [0], [8], [1.5], ["Monday"]].map((weekdays) => ({ entries: [{ ...entry, weekdays }] })),
    ...["delete", "restart", ""].map((action) => ({ entries: [{ ...entry, action }] })),
  ];
  const wrongLives: object[] = [
    ...[
      { defaultDays: 0 },
      { defaultDays: -1 },
      { defaultDays: 91 },
      { longestDays: 0 },
      { longestDays: 3_651 },
    ],
    ...[
      { graceDays: -1 },
      { graceDays: 366 },
      { graceDays: 0.5 },
      { environment: "none" },
      { environment: "" },
    ],
  ];
  const right = { environment: "test", defaultDays: 30, longestDays: 90, graceDays: 7 };
  return [
    ...noDays.flatMap((days) => [
      { name: `a life longer by ${String(days)}`, act: extend({ vmId, days }) },
      { name: `a life asked to be longer by ${String(days)}`, act: ask({ vmId, days, reason: "long" }) },
    ]),
    { name: "a life longer than one click gives", act: extend({ vmId, days: 3_650 }) },
    {
      name: "a protection that goes without its name",
      act: protect({ vmId, protected: false, confirmName: "other" }),
    },
    ...wrongPlans.map((over) => ({
      name: `a schedule ${JSON.stringify(over).slice(0, 70)}`,
      act: plan({ ...schedule, ...over }),
    })),
    ...wrongLives.map((over) => ({
      name: `lives of ${JSON.stringify(over)}`,
      act: set({ ...right, ...over }),
    })),
  ];
}
