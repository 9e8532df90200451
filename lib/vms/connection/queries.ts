import { parse } from "yaml";
import { z } from "zod";
import { isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readGuest } from "../guest/queries";
import type { GuestView } from "../guest/schema";
import { imageUserOf, isReachable, isUserName } from "./rules";
import type { VmConnection } from "./schema";

const addressesMax = 8;

/** How to reach a machine. @throws VM_NOT_FOUND for whoever may not see it */
export async function readConnection(ctx: Context, vmId: string): Promise<VmConnection> {
  const guest = await readGuest(ctx, vmId);
  const [vm, hasCluster] = await Promise.all([readReachedVm(vmId), isAuthorized(db(), ctx, "cluster:read")]);
  const osFamily = osFamilyOf(vm.osFamily, guest);
  const address = vm.ip !== null && isReachable(vm.ip) ? vm.ip : null;
  return {
    vmId,
    name: vm.name,
    namespace: vm.namespace,
    address,
    otherAddresses: addressesOf(guest).filter((one) => one !== address),
    observedAt: vm.observedAt,
    osFamily,
    user: userOf(vm, { guest, osFamily }),
    hasCluster,
  };
}

interface ReachedVm {
  name: string;
  namespace: string;
  ip: string | null;
  observedAt: Date | null;
  osFamily: string | null;
  loginUser: string | null;
  cloudInit: string | null;
}

async function readReachedVm(vmId: string): Promise<ReachedVm> {
  const [vm] = await db().$queryRaw<[ReachedVm]>`
    SELECT v.name, v.namespace, v.ip, v.observed_at AS "observedAt",
      coalesce(t.os_family, v.blueprint ->> 'osFamily') AS "osFamily",
      coalesce(p.username, nullif(t.login_user, '')) AS "loginUser", v.blueprint ->> 'cloudInit' AS "cloudInit"
    FROM vms v LEFT JOIN templates t ON t.id = v.template_id LEFT JOIN vm_initial_passwords p ON p.vm_id = v.id
    WHERE v.id = ${vmId}`;
  return vm;
}

function osFamilyOf(told: string | null, { facts }: GuestView): VmConnection["osFamily"] {
  if (told === "linux" || told === "windows") return told;
  const system = facts?.os?.id ?? null;
  if (system === null) return null;
  return system === "mswindows" ? "windows" : "linux";
}

function addressesOf({ facts }: GuestView): string[] {
  const told = (facts?.interfaces ?? []).flatMap(({ addresses }) => addresses);
  return [...new Set(told)].filter(isReachable).slice(0, addressesMax);
}

function userOf(
  { loginUser, cloudInit }: ReachedVm,
  { guest, osFamily }: { guest: GuestView; osFamily: VmConnection["osFamily"] },
): VmConnection["user"] {
  const offers = [
    { name: loginUser, source: "template" as const },
    { name: cloudInit === null ? null : userOfCloudInit(cloudInit), source: "cloud_init" as const },
    { name: imageUserOf(guest.facts?.os?.id ?? null), source: "system" as const },
  ];
  for (const { name, source } of offers)
    if (name !== null && isUserName(name, osFamily)) return { name, source };
  return null;
}

const user = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const cloudConfig = z.object({ user: user.optional(), users: z.array(z.unknown()).optional() });

/** Whom a first-start configuration makes: its user, or the first of its list that is not the image's own. */
function userOfCloudInit(text: string): string | null {
  const config = cloudConfig.safeParse(parseQuietly(text));
  if (!config.success) return null;
  const listed = (config.data.users ?? []).flatMap((one) => user.safeParse(one).data ?? []);
  return config.data.user ?? listed.find((name) => name !== "default") ?? null;
}

/** It may as well be a script. */
function parseQuietly(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
