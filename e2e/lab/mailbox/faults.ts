import { z } from "zod";

/** What goes wrong, for so many calls; nothing goes wrong where nothing is set. */
export const mailboxFaults = z
  .strictObject({
    /** Answers the mail itself with this code: 451 passes, 550 does not. */
    mailCode: z.number().int().min(400).max(599),
    mailTimes: z.number().int().min(1),
    /** Refuses every recipient. */
    refuseRecipients: z.boolean(),
    hookStatus: z.number().int().min(200).max(599),
    hookRetryAfterSeconds: z.number().int().min(0),
    hookTimes: z.number().int().min(1),
    /** Takes the message and cuts the connection before it answers. */
    hookCut: z.boolean(),
    hookHang: z.boolean(),
  })
  .partial();
type MailboxFaults = z.output<typeof mailboxFaults>;

export interface FaultDesk {
  set(faults: MailboxFaults): void;
  clear(): void;
  readonly current: MailboxFaults;
  /** Whether this call is still among those that go wrong. */
  takeMail(): boolean;
  takeHook(): boolean;
}

export function openFaultDesk(): FaultDesk {
  let current: MailboxFaults = {};
  const take = (times: "mailTimes" | "hookTimes") => {
    const left = current[times];
    if (left === undefined) return true;
    if (left === 0) return false;
    current = { ...current, [times]: left - 1 };
    return true;
  };
  return {
    set: (faults) => void (current = faults),
    clear: () => void (current = {}),
    get current() {
      return current;
    },
    takeMail: () => take("mailTimes"),
    takeHook: () => take("hookTimes"),
  };
}
