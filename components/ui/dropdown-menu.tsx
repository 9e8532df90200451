"use client";

import { Check } from "lucide-react";
import { Link } from "./link";
import type * as DropdownParts from "radix-ui/dropdown-menu";
import { createContext, useContext, useState, type ReactNode } from "react";
import { cn } from "./class-names";
import { menuItem, menuPanel } from "./menu-styles";
import { Opener } from "./opener";

type MenuParts = typeof DropdownParts;

const loadParts = () => import("radix-ui/dropdown-menu");

// The parts arrive when a menu is first wanted; what stands in the menu finds them here.
const MenuContext = createContext<MenuParts | null>(null);

type DropdownMenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "bottom" | "right" | undefined;
  className?: string | undefined;
};

export function DropdownMenu({
  trigger,
  children,
  align = "end",
  side = "bottom",
  className,
}: DropdownMenuProps) {
  const [parts, setParts] = useState<MenuParts | null>(null);
  const [open, setOpen] = useState(false);

  function openFirst() {
    setOpen(true);
    loadParts().then(setParts, () => setOpen(false));
  }

  // The button is drawn anew by the first opening only, while the menu takes the focus anyway.
  if (!parts) {
    return (
      <Opener onOpen={openFirst} preload={() => void loadParts()}>
        {trigger}
      </Opener>
    );
  }
  return (
    <MenuContext value={parts}>
      <parts.Root modal={false} open={open} onOpenChange={setOpen}>
        <parts.Trigger asChild>{trigger}</parts.Trigger>
        <parts.Portal>
          <parts.Content
            align={align}
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className={cn(menuPanel, className)}
          >
            {children}
          </parts.Content>
        </parts.Portal>
      </parts.Root>
    </MenuContext>
  );
}

type MenuActionProps = {
  children: ReactNode;
  icon?: ReactNode;
  onSelect?: (() => void) | undefined;
  disabled?: boolean | undefined;
  tone?: "danger" | undefined;
};

export function MenuAction({ children, icon, onSelect, disabled = false, tone }: MenuActionProps) {
  const danger = tone === "danger" && "text-danger data-highlighted:bg-danger-soft [&_svg]:text-danger";
  const parts = useContext(MenuContext);
  return (
    parts && (
      <parts.Item disabled={disabled} onSelect={() => onSelect?.()} className={cn(menuItem, danger)}>
        {icon}
        {children}
      </parts.Item>
    )
  );
}

/** An entry that does nothing and says why; unlike a disabled one it can be reached by the keyboard. */
export function MenuRefusal({
  reason,
  icon,
  children,
}: Omit<MenuActionProps, "onSelect"> & { reason: string }) {
  const parts = useContext(MenuContext);
  return (
    parts && (
      <parts.Item
        aria-disabled
        onSelect={(event) => event.preventDefault()}
        className={cn(menuItem, "h-auto items-start py-1.5 text-ink-faint pointer-coarse:h-auto")}
      >
        {icon}
        <span className="grid min-w-0">
          <span>{children}</span>
          <span className="max-w-64 text-xs">{reason}</span>
        </span>
      </parts.Item>
    )
  );
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  const parts = useContext(MenuContext);
  return (
    parts && (
      <parts.Item asChild className={menuItem}>
        <Link href={href}>
          {icon}
          {children}
        </Link>
      </parts.Item>
    )
  );
}

type MenuChoiceProps = {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
};

export function MenuChoice({ value, onChange, options }: MenuChoiceProps) {
  const parts = useContext(MenuContext);
  return (
    parts && (
      <parts.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <parts.RadioItem key={option.value} value={option.value} className={menuItem}>
            {option.icon}
            <span className="flex-1">{option.label}</span>
            <parts.ItemIndicator>
              <Check aria-hidden className="text-accent-ink!" />
            </parts.ItemIndicator>
          </parts.RadioItem>
        ))}
      </parts.RadioGroup>
    )
  );
}

export function MenuHeading({ children }: { children: ReactNode }) {
  const parts = useContext(MenuContext);
  return parts && <parts.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{children}</parts.Label>;
}

export function MenuDivider() {
  const parts = useContext(MenuContext);
  return parts && <parts.Separator className="-mx-1 my-1 h-px bg-line" />;
}
