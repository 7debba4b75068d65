"""A mail's words as plain text and as HTML: a template that escapes everything it is given."""

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.wording.letters import Mail

#: Inline styles only: mail programs throw style sheets away. The tones are those of the window's light theme.
_TONES = {"critical": "#b42318", "warning": "#b25e09", "": "#344054"}
_HTML = """<!doctype html>
<html lang="{{ language }}"><body style="margin:0;padding:24px;background:#f2f4f7;color:#101828;\
font-family:'Noto Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif;font-size:14px;line-height:1.5">
<table role="presentation" style="max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #d0d5dd">
<tr><td style="padding:20px 24px">
{%- if mail.opening %}<p style="margin:0 0 12px">{{ mail.opening }}</p>{% endif %}
{%- for line in mail.lines %}
<h2 style="margin:12px 0 6px;font-size:16px;color:{{ tones[line.tone] }}">{{ line.heading }}</h2>
<table style="border-collapse:collapse">
{%- for name, text in line.pairs %}
<tr><td style="padding:2px 16px 2px 0;color:#475467;vertical-align:top">{{ name }}</td>\
<td style="padding:2px 0">{{ text }}</td></tr>
{%- endfor %}
</table>
{%- endfor %}
{%- for sentence in mail.closing %}
<p style="margin:12px 0 0;color:#475467;font-size:12px">{{ sentence }}</p>
{%- endfor %}
</td></tr></table></body></html>
"""


_LETTER = """<!doctype html>
<html lang="{{ language }}"><body style="margin:0;padding:24px;color:#101828;\
font-family:'Noto Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif;font-size:14px;line-height:1.6">
{%- for paragraph in paragraphs %}
<p style="margin:0 0 12px;white-space:pre-line">{{ paragraph }}</p>
{%- endfor %}
</body></html>
"""


def letter_html(paragraphs: Sequence[str], language: str) -> str:
    """A letter of plain paragraphs as HTML; whatever they hold is text, never markup."""
    return _letter_template().render(paragraphs=paragraphs, language=language.replace("_", "-"))


@lru_cache(maxsize=1)
def _letter_template() -> Template:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined).from_string(_LETTER)


def text(mail: Mail) -> str:
    """The mail as plain text."""
    parts = [mail.opening] if mail.opening else []
    parts += ["\n".join([line.heading, *(f"  {name}: {said}" for name, said in line.pairs)]) for line in mail.lines]
    parts += mail.closing
    return "\n\n".join(parts) + "\n"


def html(mail: Mail) -> str:
    """The mail as HTML; whatever it is given is text, never markup."""
    return _template().render(mail=mail, language=mail.language.replace("_", "-"), tones=_TONES)


@lru_cache(maxsize=1)
def _template() -> Template:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined).from_string(_HTML)
