"use client";

import type { ButtonProps } from "./button";
import { Button } from "./button";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ButtonProps, "aria-label" | "size"> & {
  label: string;
  size?: "icon" | "icon-sm" | undefined;
};

/** A button without a word needs one: the label is its name and its tooltip. */
export function IconButton({ label, variant = "ghost", size = "icon", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} variant={variant} size={size} {...rest} />
    </Tooltip>
  );
}
