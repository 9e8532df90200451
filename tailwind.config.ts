import type { Config } from "tailwindcss";

const tones = ["neutral", "info", "success", "warning", "danger"];

/** Every value is a token of app/globals.css, so that a theme is changed in one place. */
export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        canvas: "var(--canvas)",
        surface: "var(--surface)",
        raised: "var(--raised)",
        sunken: "var(--sunken)",
        hover: "var(--hover)",
        line: { DEFAULT: "var(--line)", field: "var(--line-field)" },
        ink: { DEFAULT: "var(--ink)", muted: "var(--ink-muted)", faint: "var(--ink-faint)" },
        accent: {
          DEFAULT: "var(--accent)",
          hover: "var(--accent-hover)",
          contrast: "var(--accent-contrast)",
          ink: "var(--accent-ink)",
          soft: "var(--accent-soft)",
        },
        inverse: { DEFAULT: "var(--inverse)", ink: "var(--inverse-ink)" },
        overlay: "var(--overlay)",
        ...Object.fromEntries(tones.map((tone) => [tone, toneColors(tone)])),
      },
      fontFamily: {
        sans: "var(--font-sans-stack)",
        mono: "var(--font-mono-stack)",
      },
      fontSize: {
        "2xs": ["0.6875rem", { lineHeight: "1rem" }],
        xs: ["0.75rem", { lineHeight: "1.125rem" }],
        sm: ["0.8125rem", { lineHeight: "1.25rem" }],
        base: ["0.875rem", { lineHeight: "1.375rem" }],
        lg: ["1rem", { lineHeight: "1.5rem" }],
        xl: ["1.1875rem", { lineHeight: "1.625rem", letterSpacing: "-0.012em" }],
        "2xl": ["1.5rem", { lineHeight: "2rem", letterSpacing: "-0.02em" }],
        "3xl": ["1.875rem", { lineHeight: "2.375rem", letterSpacing: "-0.025em" }],
      },
      boxShadow: {
        raised: "var(--shadow-raised)",
        floating: "var(--shadow-floating)",
      },
    },
  },
} satisfies Config;

function toneColors(tone: string) {
  return {
    DEFAULT: `var(--${tone})`,
    soft: `var(--${tone}-soft)`,
    line: `var(--${tone}-line)`,
    solid: `var(--${tone}-solid)`,
  };
}
