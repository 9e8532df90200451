import { platformContext } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { finishEmergency } from "./end-emergency";
import { lockEmergency } from "./store";

/** Its time is up; ended by hand a moment before, nothing is left to do. */
export async function expireEmergency({ emergencyId }: { emergencyId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const emergency = await lockEmergency(tx, emergencyId);
    if (emergency.endedAt !== null) return;
    await finishEmergency(tx, platformContext("worker"), emergency);
  });
}
