import type { ReactNode } from "react";
import { buttonStyles, type ButtonStyle } from "@/components/ui/button-styles";
import { Tooltip } from "@/components/ui/tooltip";

type RefusedButtonProps = { reason: string; size?: ButtonStyle["size"]; children: ReactNode };

/** Stays reachable, so that everybody can learn which rule refuses it. */
export function RefusedButton({ reason, size, children }: RefusedButtonProps) {
  return (
    <Tooltip text={reason}>
      <button type="button" aria-disabled className={buttonStyles({ size })}>
        {children}
      </button>
    </Tooltip>
  );
}
