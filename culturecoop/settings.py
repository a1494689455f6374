"""Settings: defaults for the embedded set-up (one machine, SQLite), the environment over them.

Every variable that may be set is listed in docs/operations.md.
"""

from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from culturecoop import databases, environment, policies, storage
from culturecoop.environment import DAY, at_least, between, one_of

env = environment.Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_ROOT = Path(env.str("VAR_ROOT", "") or BASE_DIR / "var")

DEBUG = env.bool("DEBUG", False)

SECRET_KEY = env.str("SECRET_KEY", "", validate=environment.secret_key)
if env.makes_folder("VAR_ROOT", VAR_ROOT, VAR_ROOT / storage.INCOMING) and not SECRET_KEY:
    SECRET_KEY = env.kept_key("SECRET_KEY", VAR_ROOT / "secret_key")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], validate=environment.hosts
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [], validate=environment.origins)

# The institution -----------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", "") or _("Cultural cooperation")
# The party whose register this is.
OWN_PARTY = env.str("OWN_PARTY", "EU", validate=environment.code)
# Whether somebody else than its authors approves what is published.
FOUR_EYES = env.bool("FOUR_EYES", not DEBUG)
DATA_LICENCE = env.str("DATA_LICENCE", "")  # of what is downloaded; "" where none is stated
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", 50 * 1024 * 1024, validate=at_least(1))

# Applications --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "culturecoop.apps.CulturecoopConfig",
    "culturecoop.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "content_editor",
    "django_prose_editor",
    "django_filters",
    "csp",
    "culturecoop.accounts",
    "culturecoop.editions",
    "culturecoop.notifications",
    "culturecoop.reference",
    "culturecoop.documents",
    "culturecoop.search",
    "culturecoop.imports",
    "import_export",  # after ours: its commands `import` and `export` have the same names
    "agreements",
    "strategy",
]

MIDDLEWARE = [
    "culturecoop.middleware.ResourcePolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "culturecoop.middleware.HealthMiddleware",  # before all that asks the host or the database
    "django.middleware.security.SecurityMiddleware",
    "culturecoop.staticfiles.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "culturecoop.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "culturecoop.middleware.StorableMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "culturecoop.middleware.BodyLimitMiddleware",  # before all that reads a form
    "culturecoop.middleware.FaultMiddleware",
    "culturecoop.accounts.middleware.CurrentRequestMiddleware",
    "culturecoop.accounts.middleware.RenewSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "culturecoop.reference.middleware.MovedAddressMiddleware",
]

ROOT_URLCONF = "culturecoop.urls"
WSGI_APPLICATION = "culturecoop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "culturecoop.context_processors.site",
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------

SQLITE = VAR_ROOT / "db.sqlite3"
DATABASES = {
    "default": databases.configured(
        env.database("DATABASE_URL", f"sqlite:///{SQLITE}"),
        connect_timeout=env.int("DATABASE_CONNECT_TIMEOUT", 5, validate=between(2, DAY)),
        lock_timeout=env.int("DATABASE_LOCK_TIMEOUT", 20, validate=between(1, DAY)),
    )
}
# For the requests alone: commands and imports take their time. See culturecoop/wsgi.py.
DATABASE_STATEMENT_TIMEOUT = env.int("DATABASE_STATEMENT_TIMEOUT", 30, validate=between(1, DAY))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory, so that tests can open a second connection to it.
    DATABASES["default"]["TEST"] = {"NAME": VAR_ROOT / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time --------------------------------------------------------------------------

LANGUAGES = [("en", _("English")), ("de", _("German")), ("fr", _("French"))]
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en", validate=one_of(*dict(LANGUAGES)))
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Brussels", validate=environment.time_zone)
USE_TZ = True
FORMAT_MODULE_PATH = ["culturecoop.formats"]

# Files ---------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_ROOT / "static"
MEDIA_ROOT = VAR_ROOT / "files"  # served by the views of culturecoop.documents only
MEDIA_URL = "files/"
PRIVATE_ROOT = VAR_ROOT / "private"  # uploads of import jobs: never served
STORAGES = {
    "default": {"BACKEND": "culturecoop.storage.WholeFileStorage"},
    "private": {
        "BACKEND": "culturecoop.storage.WholeFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "culturecoop.staticfiles.StaticStorage"
    },
}
# Where imports are worked on: "thread" beside the requests of the server, "worker" (a process
# that takes them from the database), or "here", inside the request.
IMPORTS = env.str("IMPORTS", "thread", validate=one_of("thread", "worker", "here"))
if IMPORTS == "worker":
    INSTALLED_APPS += ["django_tasks", "django_tasks_db"]
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The largest request of a stranger, and of somebody who has signed in.
ANONYMOUS_MAX_BYTES = env.int("ANONYMOUS_MAX_BYTES", 1024 * 1024, validate=at_least(1024))
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_BYTES", 200 * 1024 * 1024, validate=at_least(1024))
# Uploads wait on the disk where they will stay, so that a full one is noticed at once.
FILE_UPLOAD_TEMP_DIR = VAR_ROOT / storage.INCOMING
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "culturecoop.uploads.TemporaryFileUploadHandler",
]
INCOMING_FOLDERS = [
    root / storage.INCOMING for root in (VAR_ROOT, MEDIA_ROOT, PRIVATE_ROOT, STATIC_ROOT)
]
# For the service alone.
PRIVATE_PATHS = [
    PRIVATE_ROOT,
    MEDIA_ROOT,
    FILE_UPLOAD_TEMP_DIR,
    *(VAR_ROOT / name for name in ("secret_key", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")),
]
# A form with many parts is never refused for its number of fields (Django's default is 1,000).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

# Mail ----------------------------------------------------------------------------------------

EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.int("EMAIL_PORT", 25, validate=between(1, 65535))
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 5  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# Pages that are kept -------------------------------------------------------------------------

# Bytes in each process; none are kept with 0, as while templates are written.
PAGE_CACHE_BYTES = env.int(
    "PAGE_CACHE_BYTES", 0 if DEBUG else 32 * 1024 * 1024, validate=at_least(0)
)
# Where processes find the pages of each other: redis://host:6379/0
CACHE_URL = env.str("CACHE_URL", "", validate=environment.redis)
# Seconds that a cache in front of the site may answer without asking.
PAGE_SHARED_SECONDS = env.int("PAGE_SHARED_SECONDS", 1, validate=between(0, DAY))
# What is asked when something changes for readers, so that a cache in front forgets its pages.
PAGE_PURGE_URL = env.str("PAGE_PURGE_URL", "", validate=environment.web_address)
PAGE_PURGE_METHOD = env.str(
    "PAGE_PURGE_METHOD", "POST", validate=one_of("POST", "PURGE", "BAN", "PUT", "DELETE", "GET")
)
PAGE_PURGE_HEADERS = env.list("PAGE_PURGE_HEADERS", [], validate=environment.headers)
PAGE_PURGE_BODY = env.str("PAGE_PURGE_BODY", "", validate=environment.json_text)
# Seconds that kept pages are answered while the database is away.
_AWAY = 600 if DATABASES["default"]["ENGINE"].endswith("sqlite3") else 0
PAGE_WITHOUT_DATABASE_SECONDS = env.int(
    "PAGE_WITHOUT_DATABASE_SECONDS", _AWAY, validate=between(0, DAY)
)

# Security ------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["culturecoop.accounts.backends.LimitedBackend"]
AUTH_PASSWORD_VALIDATORS = policies.PASSWORDS
SESSION_COOKIE_AGE = 24 * 60 * 60  # without use: culturecoop/accounts/middleware.py renews it
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

CONTENT_SECURITY_POLICY = {"DIRECTIVES": policies.CONTENT_SECURITY}
PERMISSIONS_POLICY = policies.PERMISSIONS
CSRF_FAILURE_VIEW = "culturecoop.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # for old browsers; the others go by frame-ancestors above
SECURE_REFERRER_POLICY = "same-origin"

HTTPS = env.bool("HTTPS", not DEBUG)
# What stands before the addresses in mail.
_HOST = f"http{'s' if HTTPS else ''}://{(ALLOWED_HOSTS or ['localhost'])[0]}"
SITE_URL = env.str("SITE_URL", _HOST, validate=environment.web_address)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# The language of the admin, which has none in its addresses: readers' pages never see the cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SECURE_HSTS_SECONDS = env.int(
    "SECURE_HSTS_SECONDS", 31_536_000 if HTTPS else 0, validate=at_least(0)
)
# Both speak for other sites of the institution as well, so it is for the institution to say.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logging: warnings and errors on the console, whoever runs the process keeps them ------------

LOG_LEVEL = env.str(
    "LOG_LEVEL", "WARNING", validate=one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        name: {"handlers": ["console"], "level": LOG_LEVEL} for name in ("django", "culturecoop")
    },
}

# Rich text -----------------------------------------------------------------------------------

# What is ours in the editor: how it reads a clipboard, and texts written from right to left.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("admin_site/paste/clipboard.js")],
        "extensions": {
            "Clipboard": html_tags(
                [], {tag: ["dir"] for tag in ("p", "h2", "h3", "ul", "ol", "blockquote", "table")}
            )
        },
    }
]

# Spreadsheets --------------------------------------------------------------------------------

# Further limits, with their defaults: culturecoop/tabular/reading/limits.py
SPREADSHEET_MAX_BYTES = env.int("SPREADSHEET_MAX_BYTES", 50 * 1024 * 1024, validate=at_least(1))
SPREADSHEET_MAX_ROWS = env.int("SPREADSHEET_MAX_ROWS", 200_000, validate=at_least(1))
# Without these two the library's own views, should anyone add them, are open to all staff.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

env.refuse_wrong()

# With everything as it should be: the files that are for the service alone.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    with suppress(OSError):  # from its first byte; its journal as well
        Path(DATABASES["default"]["NAME"]).touch(storage.FILE_MODE)
storage.keep_private(*PRIVATE_PATHS)
