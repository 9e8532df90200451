import { Link } from "./link";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

type TableProps = {
  /** Read out before the table; shown nowhere. */
  caption: string;
  children: ReactNode;
  /** On phones: "scroll" sideways, or each row a "card" whose cells carry their `label`. */
  onPhones?: "scroll" | "cards" | undefined;
  className?: string | undefined;
};

export function Table({ caption, children, onPhones = "cards", className }: TableProps) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={onPhones === "scroll" ? 0 : undefined}
      className={cn("w-full overflow-x-auto rounded-lg border bg-surface sm:overflow-x-auto", className)}
    >
      <table
        className={cn(
          "w-full border-separate border-spacing-0 text-sm",
          onPhones === "cards" && "table-cards",
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

type HeadCellProps = Omit<ComponentProps<"th">, "children"> & {
  children?: ReactNode;
  /** The address that sorts by this column, and how it is sorted now. */
  sort?: { href: string; direction: "ascending" | "descending" | "none" } | undefined;
};

export function HeadCell({ children, sort, className, ...rest }: HeadCellProps) {
  return (
    <th
      scope="col"
      aria-sort={sort?.direction}
      className={cn(
        "sticky top-0 z-1 h-8 border-b bg-sunken px-3 text-left text-xs font-medium whitespace-nowrap text-ink-muted first:pl-4 last:pr-4",
        className,
      )}
      {...rest}
    >
      {sort ? <SortLink {...sort}>{children}</SortLink> : children}
    </th>
  );
}

const sortIcons = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown };

function SortLink({
  href,
  direction,
  children,
}: {
  href: string;
  direction: keyof typeof sortIcons;
  children: ReactNode;
}) {
  const Drawing = sortIcons[direction];
  return (
    <Link
      href={href}
      scroll={false}
      className={cn(
        "-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-ink",
        direction !== "none" && "text-ink",
      )}
    >
      {children}
      <Drawing aria-hidden className="size-3" />
    </Link>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="[&>tr:last-child>td]:border-b-0 max-sm:divide-y">{children}</tbody>;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn(
        "group/row relative transition-colors hover:bg-hover has-checked:bg-accent-soft",
        className,
      )}
      {...rest}
    />
  );
}

type TableCellProps = ComponentProps<"td"> & {
  /** The column's name, shown beside the value when rows are cards. */
  label?: string | undefined;
  numeric?: boolean | undefined;
};

export function TableCell({ label, numeric = false, className, ...rest }: TableCellProps) {
  return (
    <td
      data-label={label}
      className={cn(
        "px-4 py-0.5 sm:h-9 sm:border-b sm:px-3 sm:whitespace-nowrap sm:first:pl-4 sm:last:pr-4",
        numeric && "tabular-nums sm:text-right",
        className,
      )}
      {...rest}
    />
  );
}

/** The link of a row's first cell; the whole row answers a click, and the keyboard meets one link only. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link
      className={cn(
        "rounded-xs font-medium text-ink after:absolute after:inset-0 after:content-[''] hover:underline hover:underline-offset-3",
        className,
      )}
      {...rest}
    />
  );
}
