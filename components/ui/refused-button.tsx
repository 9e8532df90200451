"use client";

import type { ReactNode } from "react";
import { buttonStyles, type ButtonStyle } from "./button-styles";
import { Tooltip } from "./tooltip";

type RefusedButtonProps = ButtonStyle & {
  /** The rule that refuses it. */
  reason: string;
  children: ReactNode;
};

/** A button that does nothing and says why; unlike a disabled one it can be reached by the keyboard. */
export function RefusedButton({ reason, children, ...style }: RefusedButtonProps) {
  return (
    <Tooltip text={reason}>
      <button type="button" aria-disabled className={buttonStyles(style)}>
        {children}
      </button>
    </Tooltip>
  );
}
