# Release builds are hardened; install rules; files that are made from others (man pages, changelog, bill of materials); the Debian package.
include(GNUInstallDirs)

# --- Hardening. Not one of these flags touches floating point, so the simulator's digest stays what it is.
if(NOT AFFINITY_SANITIZE AND NOT AFFINITY_COVERAGE AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
  set(hardening -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i.86)$")
    list(APPEND hardening -fcf-protection)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    list(APPEND hardening -mbranch-protection=standard)
  endif()
  # The prefix map keeps the builder's folder out of the program.
  target_compile_options(affinity_compiler INTERFACE
    "$<$<AND:$<CONFIG:Release>,$<NOT:$<BOOL:$<TARGET_PROPERTY:IS_TEST>>>>:${hardening};-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=>")
  target_link_options(affinity-console PRIVATE "$<$<CONFIG:Release>:-pie;LINKER:-z,relro,-z,now,-z,noexecstack>")
endif()

if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
  install(TARGETS affinity-console RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} BUNDLE DESTINATION .)
  return()
endif()

# --- Files that are made from others, into build/PRESET/packaging.
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(AFFINITY_MAINTAINER "Affinity Console maintainers <maintainers@affinity-console.invalid>" CACHE STRING
  "Who answers for the package: \"Name <mail>\". The project has no mail address, so a publisher gives theirs.")
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
set(made ${PROJECT_BINARY_DIR}/packaging)
set(app_id internal.affinityconsole.AffinityConsole)
# What the program loads without being linked with it: the SQLite driver, its fonts, the time zones.
set(run_time_packages libqt6sql6-sqlite fonts-roboto-unhinted fonts-jetbrains-mono tzdata)
file(MAKE_DIRECTORY ${made}/man1 ${made}/zh_CN/man1)

# package_file(OUTPUT SCRIPT DEPENDS… ARGUMENTS …): a file that a script of packaging/ writes.
function(package_file output script)
  cmake_parse_arguments(PARSE_ARGV 2 one "" "" "DEPENDS;ARGUMENTS")
  add_custom_command(OUTPUT ${made}/${output}
    COMMAND ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1
      ${Python3_EXECUTABLE} ${packaging}/${script} ${one_ARGUMENTS} --version ${PROJECT_VERSION} --output ${made}/${output}
    DEPENDS ${packaging}/${script} ${packaging}/releases.py ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${one_DEPENDS}
    COMMENT "Package file ${output}" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY AFFINITY_PACKAGE_FILES ${made}/${output})
endfunction()

package_file(changelog.gz releases.py ARGUMENTS debian --maintainer ${AFFINITY_MAINTAINER})
package_file(${app_id}.metainfo.xml releases.py
  DEPENDS ${packaging}/${app_id}.metainfo.xml.in
  ARGUMENTS metainfo --template ${packaging}/${app_id}.metainfo.xml.in)
package_file(man1/affinity-console.1.gz manpage.py
  DEPENDS affinity-console ${packaging}/man/affinity-console.1.in
  ARGUMENTS --program $<TARGET_FILE:affinity-console> --frame ${packaging}/man/affinity-console.1.in)
package_file(zh_CN/man1/affinity-console.1.gz manpage.py
  DEPENDS affinity-console ${packaging}/man/affinity-console.zh_CN.1.in ${packaging}/man/zh_CN.json
  ARGUMENTS --program $<TARGET_FILE:affinity-console> --frame ${packaging}/man/affinity-console.zh_CN.1.in
    --words ${packaging}/man/zh_CN.json)
list(TRANSFORM run_time_packages PREPEND "--at-run-time=" OUTPUT_VARIABLE at_run_time)
package_file(affinity-console.spdx.json sbom.py
  DEPENDS affinity-console
  ARGUMENTS --program $<TARGET_FILE:affinity-console> --built-in=nlohmann-json3-dev ${at_run_time})
get_property(package_files GLOBAL PROPERTY AFFINITY_PACKAGE_FILES)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(all ALL) # the test of the package builds nothing itself
endif()
add_custom_target(package_files ${all} DEPENDS ${package_files})

# --- Install rules. Whatever is installed is built by two targets, affinity-console and package_files, so "all" need not be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(TARGETS affinity-console RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${packaging}/affinity-console.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(DIRECTORY ${packaging}/icons/hicolor DESTINATION ${CMAKE_INSTALL_DATADIR}/icons)
install(FILES ${made}/${app_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(DIRECTORY ${made}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} FILES_MATCHING PATTERN "*.gz")
install(DIRECTORY ${made}/zh_CN DESTINATION ${CMAKE_INSTALL_MANDIR} FILES_MATCHING PATTERN "*.gz")
install(FILES ${packaging}/copyright ${made}/changelog.gz ${made}/affinity-console.spdx.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/affinity-console)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/resources/scenarios ${PROJECT_SOURCE_DIR}/resources/schemas
  DESTINATION ${CMAKE_INSTALL_DATADIR}/affinity-console FILES_MATCHING PATTERN "*.json")

# --- The Debian package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME affinity-console)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "Affinity Console maintainers")
set(CPACK_PACKAGE_CONTACT ${AFFINITY_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "operations console for affinity engines")
set(CPACK_PACKAGE_DESCRIPTION
"A companion-device service gives every device a value: chats and gifts raise
it, neglect lets it decay, thresholds make levels, levels give rewards.
Affinity Console holds the same engine that applies those rules, and opens the
service's own stores.

Support finds a device, reads why points came or did not, previews an
adjustment, commits it with a reason and can reverse it. Designers run whole
populations through the real rules and compare what comes out. The same work
can be done without a window, by headless commands.")
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
list(JOIN run_time_packages ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
# Without them, Chinese is drawn by whatever font the machine has (90 MB), and Qt's own dialogs stay English.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, qt6-translations-l10n")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS qt6-wayland)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)

if(BUILD_TESTING AND CMAKE_BUILD_TYPE STREQUAL "Release")
  add_test(NAME package COMMAND ${PROJECT_SOURCE_DIR}/tests/packaging/package_test.sh ${PROJECT_BINARY_DIR})
  set_tests_properties(package PROPERTIES TIMEOUT 180)
endif()
