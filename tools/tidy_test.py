#!/usr/bin/env python3
"""Tests of tidy.py: each plants a violation in a small tree and looks for the line on it."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tidy  # noqa: E402

BODY = "// What this file is for.\n"


def findings(files: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tidy.check(pathlib.Path(folder))


def function_of(lines: int, head: str = "int f() {", tail: str = "}") -> str:
    return "\n".join([head] + ["  step();"] * (lines - 2) + [tail]) + "\n"


class TidyTest(unittest.TestCase):
    def clean(self, text: str, name: str = "src/link/x.cc"):
        self.assertEqual(findings({name: text}), [])

    def finds(self, part: str, text: str, name: str = "src/link/x.cc"):
        found = findings({name: text})
        self.assertTrue(any(part in line for line in found), f"{part!r} is not in {found}")

    def test_a_clean_tree_has_no_findings(self):
        self.clean(BODY + '#include "link/x.h"\n#include "table/read.h"\n' + function_of(70))

    def test_a_layer_may_not_include_what_stands_above_it(self):
        self.finds("x.h:3: base/ may not include text/",
                   BODY + '#pragma once\n#include "text/fold.h"\n', "src/base/x.h")
        self.finds("link/ may not include formats/", BODY + '#include "formats/settings.h"\n')
        self.finds("report/ may not include api/", BODY + '#include "api/http.h"\n',
                   "src/report/x.cc")
        self.finds("link/ may not include screen/", BODY + '#include "screen/screen.h"\n')
        self.finds("apps/ may not include link/", BODY + '#include "link/link.h"\n',
                   "apps/clew/main.cc")

    def test_a_layer_may_include_what_stands_below_it(self):
        self.clean(BODY + '#include "link/link.h"\n', "src/formats/x.cc")
        self.clean(BODY + '#include "formats/settings.h"\n', "src/report/x.cc")
        self.clean(BODY + '#include "report/html.h"\n', "src/cli/x.cc")

    def test_only_tests_include_slow_twins(self):
        self.clean(BODY + '#include "reference/jaro.h"\n', "src/text/x_test.cc")
        self.finds("may not include reference/", BODY + '#include "reference/jaro.h"\n')

    def test_an_unknown_layer_is_reported(self):
        self.finds("helpers/ is not in the picture", BODY, "src/helpers/x.cc")

    def test_a_file_begins_with_what_it_is_for(self):
        self.finds("x.cc:1: begin with a comment", "#include <vector>\n")
        self.finds("begin with a comment", '#include "link/other.h"\n')
        self.finds("begin with a comment", "", "src/link/empty.cc")
        self.finds("a.py:2: begin with a comment", "#!/usr/bin/env python3\nimport os\n", "a.py")
        self.finds("go:2: begin with a comment", "#!/usr/bin/env bash\nset -e\n", "scripts/go")

    def test_a_cc_file_may_begin_with_its_own_header(self):
        for name in ("src/link/x.cc", "src/link/x_test.cc", "src/link/x_slow_test.cc"):
            self.clean('#include "link/x.h"\n', name)

    def test_a_header_is_guarded(self):
        self.finds("needs #pragma once", BODY, "src/link/x.h")

    def test_long_lines_are_reported_in_code_only(self):
        self.clean("// " + "é" * 97 + "\n")
        self.finds("x.cc:2: longer than 100", BODY + "// " + "x" * 98 + "\n")
        self.clean("# Title\n\n" + "x" * 120 + "\n", "doc/x.md")

    def test_long_functions_are_found_wherever_they_stand(self):
        heads = {
            "plain": "int f() {",
            "template": "template <class T, int n = (1)>\nint f(T a = {}) requires(n > 1) {",
            "two lines": "Result<int> f(int a,\n              int b) {",
            "const": "int X::f() const noexcept {",
            "trailing type": "auto f() -> std::vector<int> {",
            "operator": "bool operator==(const X& a, const X& b) {",
            "call operator": "bool X::operator()(int a) const {",
            "constructor": "X::X(int a) : a_(a), b_{a}, c_{[] { return 1; }()} {",
            "struct result": "struct tm f(int a) {",
            "test": "TEST(XTest, HoldsAFact) {",
        }
        for what, head in heads.items():
            extra = head.count("\n")
            with self.subTest(what):
                self.clean(BODY + function_of(70 - extra, head))
                self.finds("x.cc:2: a function of 71 lines", BODY + function_of(71 - extra, head))

    def test_members_and_anonymous_namespaces_are_searched(self):
        self.finds("x.cc:4: a function of 71 lines",
                   BODY + "namespace clew {\nnamespace {\n" + function_of(71) + "}\n}\n")
        self.finds("x.h:5: a function of 71 lines",
                   BODY + "#pragma once\nclass X : public Y<int> {\n public:\n"
                   + function_of(71, "  int f() {", "  }") + " private:\n  int a_{0};\n};\n",
                   "src/link/x.h")

    def test_types_tables_and_lambdas_of_any_length_are_no_functions(self):
        self.clean(BODY + function_of(90, "struct X {", "};"))
        self.clean(BODY + function_of(90, "enum class X : int {", "};"))
        self.clean(BODY + function_of(90, "constexpr auto kRule = [](int a) {", "};"))
        self.clean(BODY + function_of(90, "const std::vector<int> kTable = {", "};"))
        self.clean(BODY + function_of(90, "namespace clew {", "}"))

    def test_braces_in_comments_and_literals_do_not_count(self):
        tricky = ("// }\n  /* } */\n  a(\"}\\\"}\", '}', '\\'', R\"x(}\")x\");\n"
                  "#define BLOCK \\\n  }\n  int n = 1'000'000;")
        body = function_of(64).replace("  step();", tricky, 1)
        self.clean(BODY + body)
        self.finds("a function of 71 lines",
                   BODY + function_of(66).replace("  step();", tricky, 1))

    def test_banned_calls_are_found_in_code(self):
        for call, name in {
            "std::cout << 1;": "std::cout", "printf(\"a\");": "printf", "std::puts(\"\");": "puts",
            "fprintf(stderr, \"a\");": "stderr", "std::cerr << 1;": "std::cerr",
            "fmt::print(\"a\");": "fmt::print", "int a = rand();": "rand",
            "std::random_device d;": "random_device", "auto* a = new int;": "new",
            "delete a;": "delete", "delete[] a;": "delete", "system(\"ls\");": "system",
            "auto t = time(nullptr);": "time", "auto t = std::time(0);": "time",
            "auto t = std::chrono::steady_clock::now();": "_clock::now", "exit(1);": "exit",
            "std::abort();": "abort", "throw 1;": "throw", "std::shared_ptr<int> a;": "shared_ptr",
            "getenv(\"HOME\");": "getenv",
        }.items():
            with self.subTest(call):
                self.finds(f"{name}: ", BODY + f"void f() {{\n  {call}\n}}\n")

    def test_words_that_only_look_banned_are_left_alone(self):
        self.clean(BODY + "// printf, new and rand() are banned.\n#include <new>\n"
                   "X(const X&) = delete;\nauto a = run.time(1) + table->exit(2);\n"
                   "const char* b = \"std::cout << new int\";\nint brand(int);\nint renew;\n"
                   "std::snprintf(buffer, 3, \"a\");\n")

    def test_the_exceptions_hold_where_they_are_meant_to(self):
        self.clean(BODY + "void f() {\n  std::fputs(\"a\", stderr);\n  std::abort();\n}\n",
                   "src/base/check.cc")
        self.clean(BODY + "void f() { auto t = std::chrono::steady_clock::now(); }\n",
                   "src/cli/progress.cc")
        self.clean(BODY + "void f() { std::system(\"ls\"); }\n", "src/cli/cli_test.cc")
        self.finds("std::cout", BODY + "void f() { std::cout << 1; }\n", "src/cli/cli.cc")

    def test_a_library_has_one_place_per_layer(self):
        use = (BODY + "#include <nlohmann/json.hpp>\n#include <fmt/format.h>\n"
               "#include <sys/stat.h>\n")
        self.assertEqual(findings({"src/link/a.cc": use, "src/report/a.cc": use,
                                   "src/link/a_test.cc": use}), [])
        self.assertEqual(findings({"src/link/a.cc": use, "src/link/b.cc": use}),
                         ["src/link/b.cc:2: nlohmann is already included by src/link/a.cc"])
        self.finds("a header may not include zlib", BODY + "#pragma once\n#include <zlib.h>\n",
                   "src/table/x.h")

    def test_blanks_tabs_and_missing_ends_are_reported(self):
        self.finds("x.cc:2: blanks at the end", BODY + "int a; \n")
        self.finds("x.cc:2: a tab", BODY + "\tint a;\n")
        self.finds("x.cc:1: the last line has no end", BODY.rstrip("\n"))

    def test_reminders_and_machine_paths_are_reported(self):
        self.finds("a reminder", BODY + "// TODO: later\n")
        self.finds("a reminder", "# Title\n\nFIXME\n", "doc/x.md")
        self.finds("a path of one machine", "# Title\n\nSee /home/a/b.\n", "doc/x.md")
        self.finds("a path of one machine", "# What for.\ncp a /tmp/b\n", "scripts/x.sh")
        self.finds("a number that means", BODY + "// See issue 12.\n")
        self.clean("# Title\n\nhttps://example.org/home/page, build/tmp/x, a/work/b.\n", "doc/x.md")

    def test_a_document_has_one_title(self):
        self.finds("here are 0", "No title.\n", "doc/x.md")
        self.finds("here are 2", "# One\n\n# Two\n", "doc/x.md")
        self.finds("here are 1", "Text.\n# Late\n", "doc/x.md")
        self.clean("# One\n\n## Part\n\n```\n# a comment in code\n```\n", "doc/x.md")

    def test_build_folders_and_foreign_data_are_left_alone(self):
        self.clean("no title \n", "build/dev/x.md")
        self.clean("anything \n", "data/demo/x.txt")


if __name__ == "__main__":
    unittest.main()
