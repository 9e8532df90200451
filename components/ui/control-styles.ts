/** One look for everything that is typed into or chosen from; 16 px on phones, because iOS zooms into anything smaller. */
export const controlStyles = [
  "w-full min-w-0 rounded-md border border-line-field bg-surface px-2.5 text-[16px] text-ink shadow-raised sm:text-sm",
  "transition-[border-color,box-shadow] duration-100",
  "focus-visible:border-accent-ink focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent-ink",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint [&[readonly]]:bg-sunken",
].join(" ");

export const controlHeight = "h-8 pointer-coarse:h-10";
