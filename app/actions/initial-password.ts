"use server";

import { defineAction } from "@/app/_http/define-action";
import { revealInitialPassword } from "@/lib/vms/initial-password/reveal-initial-password";
import { initialPasswordInput } from "@/lib/vms/initial-password/schema";

/** The page keeps what it was told until it is left; asking it to draw itself again would lose that. */
export const revealInitialPasswordAction = defineAction(initialPasswordInput, revealInitialPassword, {
  refreshes: false,
});
