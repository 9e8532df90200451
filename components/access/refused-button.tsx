"use client";

import { buttonStyles, type ButtonStyle } from "@/components/ui/button-styles";
import { Tooltip } from "@/components/ui/tooltip";

type RefusedButtonProps = ButtonStyle & {
  label: string;
  /** The rule that refuses it. */
  reason: string;
};

/** A button that does nothing and says why; unlike a disabled one it can be reached by the keyboard. */
export function RefusedButton({ label, reason, ...style }: RefusedButtonProps) {
  return (
    <Tooltip text={reason}>
      <button type="button" aria-disabled className={buttonStyles(style)}>
        {label}
      </button>
    </Tooltip>
  );
}
