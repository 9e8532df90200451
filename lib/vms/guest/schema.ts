import { z } from "zod";

/** connected: the agent answers · absent: it runs without one · stopped: nothing runs · the others: nobody could ask. */
export const guestStates = ["connected", "absent", "stopped", "denied", "unreachable"] as const;
export type GuestState = (typeof guestStates)[number];

const guestUser = z.object({
  name: z.string(),
  domain: z.string().nullable(),
  /** When they signed in, by the guest's clock. */
  loginAt: z.coerce.date().nullable(),
});

const guestFilesystem = z.object({
  disk: z.string().nullable(),
  mountPoint: z.string(),
  type: z.string().nullable(),
  usedBytes: z.number(),
  totalBytes: z.number(),
});

const guestInterface = z.object({
  /** As the machine's definition names it. */
  name: z.string().nullable(),
  /** As the guest names it. */
  guestName: z.string().nullable(),
  mac: z.string().nullable(),
  addresses: z.array(z.string()),
  /** Who said so: domain, guest-agent, multus-status. */
  sources: z.array(z.string()),
});

export const guestFacts = z.object({
  agentVersion: z.string().nullable(),
  hostname: z.string().nullable(),
  timezone: z.string().nullable(),
  os: z
    .object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      version: z.string().nullable(),
      kernel: z.string().nullable(),
      machine: z.string().nullable(),
    })
    .nullable(),
  /** Null where nobody could say. */
  users: z.array(guestUser).nullable(),
  filesystems: z.array(guestFilesystem).nullable(),
  interfaces: z.array(guestInterface),
});
export type GuestFacts = z.output<typeof guestFacts>;

/** The inside of a machine, with who said so and when. */
export const guestView = z.object({
  vmId: z.string(),
  /** Null: nobody has looked yet. */
  state: z.enum(guestStates).nullable(),
  message: z.string().nullable(),
  facts: guestFacts.nullable(),
  factsAt: z.date().nullable(),
  observedAt: z.date().nullable(),
  /** Of its template; null where it was not made of one. */
  osFamily: z.string().nullable(),
  isRunning: z.boolean(),
});
export type GuestView = z.output<typeof guestView>;
