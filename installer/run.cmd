@echo off
rem Set Tidewatch up on Windows and open it on sample data. Needs Python 3.11 to 3.13 (python.org, "py" launcher).
setlocal
cd /d "%~dp0.."
set UV_VERSION=0.13.9
set UV_PYTHON_DOWNLOADS=never
set UV_PROJECT_ENVIRONMENT=.venv
if "%TIDEWATCH_SAMPLE%"=="" set TIDEWATCH_SAMPLE=%CD%\sample

if exist .venv\Scripts\python.exe goto have_venv
for %%V in (3.11 3.12 3.13) do (
    if not exist .venv\Scripts\python.exe py -%%V -m venv .venv 2>nul
)
if not exist .venv\Scripts\python.exe (
    echo Python 3.11 to 3.13 was not found. Install it from python.org with the py launcher, then start again. 1>&2
    exit /b 1
)
:have_venv
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-input uv==%UV_VERSION% || goto failed
rem Run uv from a copy: Windows does not let a running program be replaced.
copy /y .venv\Scripts\uv.exe .venv\uv-run.exe >nul || goto failed
.venv\uv-run.exe sync --quiet --locked --compile-bytecode --no-default-groups --inexact --python .venv\Scripts\python.exe || goto failed
.venv\Scripts\python.exe installer\catalogues.py compile || goto failed
.venv\Scripts\tidewatch.exe demo --workspace "%TIDEWATCH_SAMPLE%\workspace" --output "%TIDEWATCH_SAMPLE%\output"
exit /b %ERRORLEVEL%

:failed
echo Set-up did not finish (see above). Check the network or the package index, then start again. 1>&2
exit /b 1
