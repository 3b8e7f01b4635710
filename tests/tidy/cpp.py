"""Just enough C++: comments and strings out, functions and tests found by their braces."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\\\s]*)\((?:.*?)\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])(?:u8|[uUL])?'(?:\\.|[^'\\\n])+'",
    re.S)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def strip(text):
    """Comments, strings and character literals become blanks; every line keeps its number."""
    def out(m):
        t = m.group(0)
        if t.startswith(("//", "/*")):
            return _blank(t)
        return '"' + _blank(t[1:-1]) + '"' if len(t) > 1 else t
    return _TOKEN.sub(out, text)


def strings(text):
    """(line, literal) of every string literal, comments left out."""
    for m in _TOKEN.finditer(text):
        t = m.group(0)
        if t.startswith(('"', 'R"')):
            yield text.count("\n", 0, m.start()) + 1, t


def without_directives(stripped):
    """Preprocessor lines become blanks: their braces need not balance."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: _blank(m.group(0)), stripped, flags=re.M)


@dataclass
class Function:
    name: str
    first: int  # line on which the signature starts
    last: int   # line of the closing brace
    begin: int  # offsets of the body in the text
    end: int
    head: str   # the signature

    @property
    def lines(self):
        return self.last - self.first + 1


_NOT_A_FUNCTION = re.compile(r"^\s*(?:(?:inline|typedef|static|constexpr|const|export)\s+)*"
                             r"(?:namespace|class|struct|union|enum|extern\s*\")")


def _without_template(head):
    """Drops `template <...>`, parentheses inside the brackets included."""
    m = re.match(r"\s*template\s*<", head)
    depth, at = 1, m.end() if m else 0
    while m and depth and at < len(head):
        depth += {"<": 1, ">": -1}.get(head[at], 0)
        at += 1
    return head[at:]


def _is_function(head):
    """A brace opens a function when a parameter list stands before it outside an initialiser."""
    flat = _without_template(head)
    if "(" not in flat or _NOT_A_FUNCTION.match(flat) and not re.match(r"^[^(]*\boperator\b", flat):
        return False
    if re.search(r"(?<![=<>!])=(?!=)\s*$", flat):  # an array or aggregate
        return False
    return True


def _name(head):
    if m := re.search(r"\bTEST(?:_F|_P)?\s*\(\s*(\w+)\s*,\s*(\w+)", head):
        return f"{m.group(1)}.{m.group(2)}"
    m = re.search(r"(operator\s*[^\s(]+|~?[A-Za-z_][\w:~]*)\s*\(", _without_template(head))
    return m.group(1) if m else head.strip()[:40]


def functions(text):
    """The outermost functions of a file; lambdas and local classes belong to the one around them."""
    code = without_directives(strip(text))
    found, depth, start = [], 0, 0  # start: where the statement before a brace began
    opened = None                   # (function's begin, depth) while inside one
    for m in re.finditer(r"[{};]|(?:public|private|protected)\s*:", code):
        c = m.group(0)
        if c == "{":
            if opened is None and _is_function(code[start:m.start()]):
                opened = (start, m.end(), depth)
            depth += 1
        elif c == "}":
            depth -= 1
            if opened and depth == opened[2] and not _continues(code, m.end()):
                found.append(_function(code, opened, m.start()))
                opened = None
        if opened is None:
            start = m.end()
    return found


def _continues(code, at):
    """`: member_{1}, other_{2} {`: after this brace the function still goes on to its body."""
    rest = code[at:at + 200].lstrip()
    return rest.startswith((",", "{")) and bool(re.match(r"(?:,\s*[\w:<>, ]+\s*[({]|\{)", rest))


def _function(code, opened, end):
    begin, body, _ = opened
    head = code[begin:body - 1]
    first = code.count("\n", 0, begin + len(head) - len(head.lstrip())) + 1
    return Function(_name(head), first, code.count("\n", 0, end) + 1, body, end, head)


def is_test(function):
    return bool(re.match(r"\s*(?:TEST|TEST_F|TEST_P|TYPED_TEST)\s*\(", function.head))
