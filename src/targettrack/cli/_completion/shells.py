"""Shells: what each shell is given to complete with, how it asks, and in what form it is answered."""

from __future__ import annotations

import os
import sys

from targettrack.cli._completion.values import FILES, FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from targettrack.cli._completion.values import Value

    _Line = tuple[list[str], str]
    """The words before the one that is begun, and that one."""

LINE, BREAKS = "_TARGETTRACK_LINE", "_TARGETTRACK_BREAKS"

_BASH = r"""
_targettrack_completion() {
    local IFS=$'\n' answer kind piece
    COMPREPLY=()
    answer=($(_TARGETTRACK_COMPLETE=bash _TARGETTRACK_LINE="${COMP_LINE:0:COMP_POINT}" _TARGETTRACK_BREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null))
    kind="${answer[0]}" piece="${answer[1]#=}"
    case "$kind" in
        files) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$piece")) ;;
        folders) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$piece")) ;;
        values | parts)
            compopt -o nosort 2>/dev/null
            [ "$kind" = parts ] && compopt -o nospace 2>/dev/null
            COMPREPLY=("${answer[@]:2}") ;;
    esac
    return 0
}

complete -F _targettrack_completion targettrack
"""
_ZSH = r"""
#compdef targettrack

_targettrack() {
    local -a answer
    local kind
    answer=("${(@f)$(_TARGETTRACK_COMPLETE=zsh _TARGETTRACK_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" "${words[1]}" 2>/dev/null)}")
    kind="$answer[1]"
    shift answer
    [[ "$PREFIX" == --*=* ]] && compset -P 1 '*='
    case "$kind" in
        files) _files ;;
        folders) _files -/ ;;
        values) (( $#answer )) && _describe -V value answer ;;
        parts) (( $#answer )) && _describe -V value answer -S '' ;;
    esac
}

if [ "$funcstack[1]" = "_targettrack" ]; then
    _targettrack "$@"
else
    compdef _targettrack targettrack
fi
"""
_FISH = r"""
function __targettrack_complete
    set -l answer (env _TARGETTRACK_COMPLETE=fish _TARGETTRACK_LINE=(commandline -cp | string collect) (commandline -po)[1] 2>/dev/null)
    switch "$answer[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct)
        case values parts
            printf '%s\n' $answer[2..]
    end
end

complete --command targettrack --no-files --keep-order --arguments '(__targettrack_complete)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""What a shell runs to complete: one call of ours a TAB."""


# ---------------------------------------------------------------- what stands on the line


def split(line: str) -> list[str]:
    """The words of a line that is not finished, as a shell parts them; the last one is the one that is begun."""
    words, word, quote, escaped, inside = [], "", "", False, False
    for sign in line:
        if escaped:
            word, escaped = word + sign, False
        elif sign == "\\" and quote != "'":
            escaped = inside = True
        elif quote:
            quote, word = ("", word) if sign == quote else (quote, word + sign)
        elif sign in {"'", '"'}:
            quote, inside = sign, True
        elif sign.isspace():
            if inside:
                words.append(word)
            word, inside = "", False
        else:
            word, inside = word + sign, True
    return [*words, word]


def _of_line(name: str) -> Callable[[Mapping[str, str]], _Line]:
    def read(environment: Mapping[str, str]) -> _Line:
        *words, begun = split(environment.get(name, ""))
        return words, begun

    return read


def _of_words(environment: Mapping[str, str]) -> _Line:
    place = int(environment["COMP_CWORD"])
    words = split(environment["COMP_WORDS"])
    return words[:place], words[place] if place < len(words) else ""


def _of_powershell(environment: Mapping[str, str]) -> _Line:
    begun = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    words = [word for word in split(environment.get("_TYPER_COMPLETE_ARGS", "")) if word]
    return (words[:-1] if begun else words), begun


# ---------------------------------------------------------------- what is offered


def _say(lines: Iterable[str]) -> int:
    text = "".join(f"{line}\n" for line in lines)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    return 0


def _safe(found: Iterable[Value]) -> list[Value]:
    """What is one word to every shell, with what it is in one line; the files are the shell's."""
    return [(text, _shown(help)) for text, help in found if text.isprintable() and not set(text) & _SPECIAL]


def _shown(help: str) -> str:
    if help.isprintable():
        return help
    from targettrack.text import clean  # noqa: PLC0415 - what people write is seldom so

    return " ".join(clean(help).split())


_SPECIAL = frozenset(" \t\"'`$&|<>()*?[]{}!#\\;")


def _kind(found: Sequence[Value]) -> str:
    """``parts`` are not whole yet: no space belongs behind them."""
    if found and found[0] in {FILES, FOLDERS}:
        return found[0][0].removeprefix("\0")
    return "parts" if found and all(text.endswith("/") for text, _ in found) else "values"


def _in_bash(found: Sequence[Value], begun: str) -> int:
    """Bash has parted the word at some signs already, and wants what stands behind the last of them."""
    done = max((begun.rfind(sign) for sign in os.environ.get(BREAKS, "")), default=-1) + 1
    return _say([_kind(found), f"={begun[done:]}", *(text[done:] for text, _ in _safe(found))])


def _in_zsh(found: Sequence[Value], begun: str) -> int:
    done = begun.index("=") + 1 if begun.startswith("--") and "=" in begun else 0
    pairs = [(text[done:].replace("\\", "\\\\").replace(":", "\\:"), help) for text, help in _safe(found)]
    return _say([_kind(found), *(f"{text}:{help}" if help else text for text, help in pairs)])


def _in_fish(found: Sequence[Value], begun: str) -> int:  # noqa: ARG001 - as the others
    return _say([_kind(found), *_tabbed(found)])


def _tabbed(found: Sequence[Value]) -> list[str]:
    return [f"{text}\t{help}" if help else text for text, help in _safe(found)]


# ---------------------------------------------------------------- as typer's own scripts ask, which were installed before, or are for PowerShell


def _plainly(found: Sequence[Value], begun: str) -> int:  # noqa: ARG001 - as the others
    return _say(text for text, _ in _safe(found))


def _with_arguments(found: Sequence[Value], begun: str) -> int:  # noqa: ARG001 - as the others
    if _kind(found) in {"files", "folders"}:
        return _say(["_files"])
    lines = "\n".join(f'"{text}"' for text, _ in _safe(found))
    return _say([f"_arguments '*: :(({lines}))'"] if lines else [])


def _in_two_calls(found: Sequence[Value], begun: str) -> int:  # noqa: ARG001 - as the others
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return int(_kind(found) in {"files", "folders"})
    return _say(_tabbed(found))


def _for_powershell(found: Sequence[Value], begun: str) -> int:  # noqa: ARG001 - as the others
    return _say(f"{text}:::{help or ' '}" for text, help in _safe(found))


DIALECTS: Mapping[str, tuple[Callable[[Mapping[str, str]], _Line], Callable[[Sequence[Value], str], int], bool]] = {
    "bash": (_of_line(LINE), _in_bash, False),
    "zsh": (_of_line(LINE), _in_zsh, True),
    "fish": (_of_line(LINE), _in_fish, True),
    "complete_bash": (_of_words, _plainly, False),
    "complete_zsh": (_of_line("_TYPER_COMPLETE_ARGS"), _with_arguments, False),
    "complete_fish": (_of_line("_TYPER_COMPLETE_ARGS"), _in_two_calls, True),
    "complete_powershell": (_of_powershell, _for_powershell, True),
    "complete_pwsh": (_of_powershell, _for_powershell, True),
}
"""How each asks, how it is answered, and whether it shows what a value is; by what the environment says."""


# ---------------------------------------------------------------- into a shell


def script() -> str:
    """What the shell that called runs to complete.

    Raises:
        TargettrackError: there is none for it (exit 2).

    """
    return SCRIPTS[_shell()].strip()


def install() -> None:
    """Put the script where the shell that called finds it when it starts, and say where.

    Raises:
        TargettrackError: there is none for it (exit 2), or it cannot be written (exit 5).

    """
    from targettrack.cli import _say  # noqa: PLC0415 - a shell that asks is told nothing
    from targettrack.language import tr  # noqa: PLC0415 - as above

    shell = _shell()
    place = _PLACES[shell]()
    _written(place, f"{SCRIPTS[shell].strip()}\n")
    started = _STARTS.get(shell)
    if started is not None:
        file, line = started(place)
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        if line not in text.splitlines():
            _written(file, f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n")
            _say.remark(tr("{file} has a new line: {line}", file=file, line=line))
    _say.remark(tr("{file} written: {shell} completes targettrack in every new terminal", file=place, shell=shell))


def _shell() -> str:
    import shellingham  # type: ignore[import-untyped]  # noqa: PLC0415 - only who installs completion needs it

    from targettrack.errors import Exit, failure  # noqa: PLC0415 - as above
    from targettrack.language import tr  # noqa: PLC0415 - as above

    try:
        name = str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        name = ""
    if name not in SCRIPTS:
        said = tr("no completion for the shell {name}; known: {known}", name=name or "?", known=", ".join(SCRIPTS))
        raise failure(Exit.USAGE, "usage", said, hint=tr("run it in one of these"))
    return name


def _home(variable: str, default: str) -> Path:
    """A folder that a variable names, else one in the home folder."""
    from pathlib import Path  # noqa: PLC0415 - only who installs completion needs it

    return Path(os.environ.get(variable) or Path.home() / default)


_PLACES: Mapping[str, Callable[[], Path]] = {
    "bash": lambda: _home("", ".bash_completions") / "targettrack.sh",
    "zsh": lambda: _home("", ".zfunc") / "_targettrack",
    "fish": lambda: _home("XDG_CONFIG_HOME", ".config") / "fish" / "completions" / "targettrack.fish",
}
_STARTS: Mapping[str, Callable[[Path], tuple[Path, str]]] = {
    "bash": lambda place: (_home("", "") / ".bashrc", f"source '{place}'"),
    "zsh": lambda _: (_home("ZDOTDIR", "") / ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
}
"""The file that a shell reads when it starts, and the line in it without which it would not look there."""


def _written(path: Path, text: str) -> None:
    from targettrack.errors import not_written  # noqa: PLC0415 - only who installs completion needs it

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise not_written(error, path) from None
