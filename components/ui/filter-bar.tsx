"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "./link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useTransition, type FormEvent, type ReactNode } from "react";
import { Button } from "./button";
import { buttonStyles } from "./button-styles";
import { Input } from "./input";
import { Select, type SelectOption } from "./select";
import { Spinner } from "./spinner";

export type Filter = { name: string; label: string; options: readonly SelectOption[] };

type FilterBarProps = {
  filters?: readonly Filter[] | undefined;
  /** The search input; its value is the parameter `name`. */
  search?: { name: string; label: string } | undefined;
  /** Parameters that outlive a change of filter, such as the sort order; the page cursor is not one of them. */
  keep?: readonly string[] | undefined;
  /** Further inputs, posted by name. */
  children?: ReactNode;
};

const typingPauseMs = 250;

/** The filters live in the address: a link shows the same view. Without scripts it is a plain GET form. */
export function FilterBar({ filters = [], search, keep = ["sort"], children }: FilterBarProps) {
  const t = useTranslations("ui");
  const path = usePathname();
  const params = useSearchParams();
  const { form, busy, apply, applySoon } = useFilterForm(path, params);
  const names = [...(search ? [search.name] : []), ...filters.map((filter) => filter.name)];
  const active = names.some((name) => params.get(name));
  return (
    <form
      ref={form}
      role="search"
      method="get"
      action={path}
      onSubmit={apply}
      onChange={applySoon}
      className="flex flex-wrap items-center gap-2"
    >
      {keep.map(
        (name) =>
          params.get(name) && <input key={name} type="hidden" name={name} value={params.get(name) ?? ""} />,
      )}
      {search && <SearchInput {...search} value={params.get(search.name) ?? ""} />}
      {filters.map((filter) => (
        <Select
          key={filter.name}
          name={filter.name}
          aria-label={filter.label}
          defaultValue={params.get(filter.name) ?? ""}
          options={[{ value: "", label: filter.label }, ...filter.options]}
          className="min-w-0 flex-1 basis-[9rem] sm:w-auto sm:max-w-52 sm:flex-none sm:basis-auto"
        />
      ))}
      {children}
      <noscript>
        <Button type="submit">{t("filter.apply")}</Button>
      </noscript>
      {active && (
        <Link
          href={keptAddress(path, params, keep)}
          scroll={false}
          className={buttonStyles({ variant: "ghost" })}
        >
          <X aria-hidden />
          {t("filter.clear")}
        </Link>
      )}
      {busy && <Spinner label={t("loading")} className="text-ink-faint" />}
    </form>
  );
}

function SearchInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <span className="relative block w-full sm:w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-ink-faint"
      />
      <Input
        type="search"
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        data-shortcut="search"
        className="pl-8"
      />
    </span>
  );
}

function useFilterForm(path: string, params: URLSearchParams) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [busy, startTransition] = useTransition();

  // Back, forward and "clear" change the address without touching the inputs.
  useEffect(() => {
    if (form.current) showAddress(form.current, params);
  }, [params]);

  useEffect(() => () => clearTimeout(timer.current), []);

  function go() {
    if (!form.current) return;
    const next = addressOf(path, form.current);
    startTransition(() => router.replace(next, { scroll: false }));
  }

  function apply(event: FormEvent) {
    event.preventDefault();
    clearTimeout(timer.current);
    go();
  }

  function applySoon(event: FormEvent) {
    clearTimeout(timer.current);
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (typing) timer.current = setTimeout(go, typingPauseMs);
    // Read at once: an earlier choice that lands in between shows its own address in the form.
    else go();
  }

  return { form, busy, apply, applySoon };
}

function addressOf(path: string, form: HTMLFormElement) {
  const next = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") next.append(name, value);
  }
  return withQuery(path, next);
}

function keptAddress(path: string, params: URLSearchParams, keep: readonly string[]) {
  const kept = new URLSearchParams();
  for (const name of keep) {
    const value = params.get(name);
    if (value) kept.set(name, value);
  }
  return withQuery(path, kept);
}

function withQuery(path: string, query: URLSearchParams) {
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

function showAddress(form: HTMLFormElement, params: URLSearchParams) {
  for (const element of form.elements) {
    const control =
      element instanceof HTMLSelectElement ||
      (element instanceof HTMLInputElement && element.type === "search");
    if (control && element !== document.activeElement) element.value = params.get(element.name) ?? "";
  }
}
