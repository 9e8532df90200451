import { cva, type VariantProps } from "class-variance-authority";

export const buttonStyles = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-[background-color,border-color,color,box-shadow] duration-100",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed not-aria-busy:aria-disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-contrast shadow-raised hover:bg-accent-hover",
        secondary:
          "border-line bg-surface text-ink shadow-raised hover:bg-hover dark:bg-raised dark:hover:bg-hover",
        ghost: "border-transparent text-ink-muted hover:bg-hover hover:text-ink",
        danger: "border-transparent bg-danger-solid text-white shadow-raised hover:brightness-92",
        "danger-quiet": "border-danger-line bg-surface text-danger hover:bg-danger-soft",
      },
      size: {
        sm: "h-7 px-2.5 text-xs pointer-coarse:h-9",
        md: "h-8 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-base pointer-coarse:h-11",
        "icon-sm": "size-7 pointer-coarse:size-9",
        icon: "size-8 pointer-coarse:size-10",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonStyle = VariantProps<typeof buttonStyles>;
