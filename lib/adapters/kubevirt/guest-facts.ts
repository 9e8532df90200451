import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure, cleanText } from "./failures";
import { subresourcePath } from "./paths";
import { readAnswer, readJson } from "./types";

const callMs = 6_000;
const answerBytesMax = 512 * 1024;
const usersMax = 100;
const filesystemsMax = 100;

type GuestWord = "connected" | "absent" | "stopped";

export interface GuestAgentFacts {
  agentVersion: string | null;
  hostname: string | null;
  timezone: string | null;
  os: {
    id: string | null;
    name: string | null;
    version: string | null;
    kernel: string | null;
    machine: string | null;
  } | null;
  users: { name: string; domain: string | null; loginAt: Date | null }[] | null;
  filesystems: GuestFilesystem[] | null;
}

interface GuestFilesystem {
  disk: string | null;
  mountPoint: string;
  type: string | null;
  usedBytes: number;
  totalBytes: number;
}

/** What the guest agent says, asked of the cluster; no facts where no agent answers or nothing runs. */
export async function readGuestAgent(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<{ word: GuestWord; facts: GuestAgentFacts | null }> {
  try {
    const about = readAnswer(guestSystem, await ask(client, { namespace, name, subresource: "guestosinfo" }));
    const [users, filesystems] = await Promise.all([
      orNull(ask(client, { namespace, name, subresource: "userlist" }), userList),
      orNull(ask(client, { namespace, name, subresource: "filesystemlist" }), filesystemList),
    ]);
    return { word: "connected", facts: { ...describe(about), users, filesystems } };
  } catch (error) {
    const word = wordOf(error);
    if (word === null) throw error;
    return { word, facts: null };
  }
}

/** The agent may know its system and not its users; one answer that is refused takes nothing from the others. */
async function orNull<T>(asked: Promise<unknown>, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return readAnswer(schema, await asked);
  } catch (error) {
    if (error instanceof ClusterFailure) return null;
    throw error;
  }
}

async function ask(
  client: ClusterClient,
  { namespace, name, subresource }: { namespace: string; name: string; subresource: string },
): Promise<unknown> {
  const path = subresourcePath(namespace, "virtualmachineinstances", { name, subresource });
  const answer = await client.exchange({
    method: "GET",
    path,
    timeoutMs: callMs,
    bytesMax: answerBytesMax,
  });
  return readJson(answer.body);
}

// KubeVirt answers every error of these with 500 and plain text, so its words are all there is.
function wordOf(error: unknown): GuestWord | null {
  if (!(error instanceof ClusterFailure)) return null;
  if (error.status === 404 && error.reason === "NotFound") return "stopped";
  if (error.status !== 500) return null;
  if (/does not have guest agent connected/.test(error.message)) return "absent";
  if (/VMI is not running|virtualmachineinstance\S* "[^"]*" not found/.test(error.message)) return "stopped";
  return null;
}

/** Words of a guest are anybody's: controls out, cut to length, and null rather than empty. */
function textOf(lengthMax: number) {
  return z
    .unknown()
    .optional()
    .transform((value) => (typeof value === "string" ? cleanText(value, lengthMax).trim() || null : null));
}

const text = textOf(253);

const guestSystem = z.object({
  guestAgentVersion: text,
  hostname: text,
  timezone: text,
  os: z
    .object({
      id: text,
      name: text,
      prettyName: text,
      version: text,
      kernelRelease: text,
      machine: text,
    })
    .nullish()
    .catch(null),
});

function describe({ os, guestAgentVersion, hostname, timezone }: z.output<typeof guestSystem>) {
  const isKnown = os !== null && os !== undefined && (os.name ?? os.prettyName ?? os.id) !== null;
  return {
    agentVersion: guestAgentVersion,
    hostname,
    timezone,
    os: isKnown
      ? {
          id: os.id,
          name: os.prettyName ?? os.name,
          version: os.version,
          kernel: os.kernelRelease,
          machine: os.machine,
        }
      : null,
  };
}

const secondsMax = 8_640_000_000_000;
const user = z
  .object({
    userName: z.string().transform((name) => cleanText(name, 253).trim()),
    domain: text,
    loginTime: z.number().positive().max(secondsMax).nullish().catch(null),
  })
  .refine(({ userName }) => userName !== "")
  .transform(({ userName, domain, loginTime }) => ({
    name: userName,
    domain,
    loginAt: loginTime == null ? null : new Date(loginTime * 1000),
  }));
const userList = items(user, usersMax);

const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const filesystem = z
  .object({
    diskName: text,
    mountPoint: z.string().transform((path) => cleanText(path, 1_024).trim()),
    fileSystemType: text,
    usedBytes: bytes,
    totalBytes: bytes,
  })
  .refine(({ mountPoint, totalBytes }) => mountPoint !== "" && totalBytes > 0)
  .transform(({ diskName, mountPoint, fileSystemType, usedBytes, totalBytes }) => ({
    disk: diskName,
    mountPoint,
    type: fileSystemType,
    usedBytes: Math.min(usedBytes, totalBytes),
    totalBytes,
  }));
const filesystemList = items(filesystem, filesystemsMax);

/** Entries that fit; a list that is none is a refused answer, not an empty one. */
function items<T extends z.ZodType>(entry: T, lengthMax: number) {
  return z.object({ items: z.array(z.unknown()).nullish() }).transform((list) =>
    (list.items ?? []).slice(0, lengthMax).flatMap((one): z.output<T>[] => {
      const parsed = entry.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}
