import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { exactly, withTerms } from "@/lib/vms/list/language/rules";
import { listHref, type Address } from "./list-address";

export interface Branch {
  name: string;
  /** Null while it is closed. */
  services: readonly { name: string; vmCount: number }[] | null;
}

type TreePanelProps = {
  systems: readonly Branch[];
  q: string;
  address: Address;
  openService: string | null;
  countMax: number;
};

const placeKeys = ["system", "service"];

/** Systems and the services of the open one; each link narrows the search and keeps the rest of it. */
export function TreePanel({ systems, q, address, openService, countMax }: TreePanelProps) {
  const t = useTranslations("vmlist");
  const isAll = systems.every(({ services }) => services === null);
  return (
    <nav
      aria-label={t("tree.label")}
      className="max-h-72 min-w-0 overflow-y-auto rounded-lg border bg-surface p-2 text-sm lg:sticky lg:top-4 lg:max-h-[80dvh]"
    >
      <Leaf href={listHref(address, { q: withTerms(q, placeKeys, []) })} isOpen={isAll}>
        {t("tree.all")}
      </Leaf>
      <ul>
        {systems.map(({ name, services }) => (
          <li key={name}>
            <Leaf
              href={listHref(address, {
                q: withTerms(q, placeKeys, services === null ? [exactly("system", name)] : []),
              })}
              isOpen={services !== null && openService === null}
            >
              {services === null ? (
                <ChevronRight aria-hidden className="size-3.5 shrink-0" />
              ) : (
                <ChevronDown aria-hidden className="size-3.5 shrink-0" />
              )}
              <span className="truncate">{name}</span>
            </Leaf>
            {services && (
              <ul className="ml-4 border-l pl-1">
                {services.map((service) => (
                  <li key={service.name}>
                    <Leaf
                      href={listHref(address, {
                        q: withTerms(q, placeKeys, [
                          exactly("system", name),
                          exactly("service", service.name),
                        ]),
                      })}
                      isOpen={openService === service.name}
                    >
                      <span className="truncate">{service.name}</span>
                      <span className="ml-auto text-xs text-ink-faint tabular-nums">
                        {service.vmCount >= countMax ? `${countMax - 1}+` : service.vmCount}
                      </span>
                    </Leaf>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Leaf({ href, isOpen, children }: { href: string; isOpen: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isOpen ? "true" : undefined}
      className={cn(
        "flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover pointer-coarse:h-10",
        isOpen ? "bg-accent-soft font-medium text-ink" : "text-ink-muted",
      )}
    >
      {children}
    </Link>
  );
}
