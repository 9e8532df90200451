import type { TextBomb } from "./texts";

/** What cloud-init's own reader would do more with than it says. */
export function cloudInitBombs(): TextBomb[] {
  return [
    { title: "an object of Python", text: "runcmd: !!python/object/apply:os.system ['id']" },
    { title: "a template of Jinja", text: "hostname: '{{ ds.meta_data }}'" },
    { title: "a loop of Jinja", text: "hostname: '{% for a in range(999999999) %}x{% endfor %}'" },
    { title: "more than KubeVirt takes", text: `runcmd:\n  - ${"a".repeat(2_100)}` },
    { title: "a NUL", text: "hostname: a\u0000b" },
    { title: "text that turns around", text: "hostname: a\u202eb" },
    { title: "half a surrogate", text: "hostname: a\ud800b" },
    { title: "a line break that only YAML 1.1 knows", text: "hostname: a\u2028b" },
    { title: "a password in plain words", text: "password: hunter2" },
    { title: "a second document", text: "hostname: a\n---\nhostname: b" },
  ];
}
