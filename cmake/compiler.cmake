# What every target of this project is compiled with: warnings as errors, and Qt without its unsafe short cuts.
option(AFFINITY_COVERAGE "Instrument the pure middle (engine/rules) for line and branch coverage" OFF)
set(AFFINITY_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize= (empty: none)")

# Several sources compiled as one: half the time of a fresh build. The development preset goes without, so that every
# file still names all it needs.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)

add_library(affinity_compiler INTERFACE)
target_compile_options(affinity_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  # Designated initializers leave the other members to their defaults.
  -Wno-missing-field-initializers
  # The simulator's digest must be the same in every build: no fused multiply-add, fixed order.
  -ffp-contract=off)
target_compile_definitions(affinity_compiler INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_STRICT_ITERATORS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400 AFFINITY_VERSION="${PROJECT_VERSION}")
target_include_directories(affinity_compiler INTERFACE ${PROJECT_SOURCE_DIR})

if(CMAKE_UNITY_BUILD)
  # A class whose parts are in an anonymous namespace looks shared once its file is included by another.
  target_compile_options(affinity_compiler INTERFACE -Wno-subobject-linkage)
endif()

if(AFFINITY_SANITIZE)
  target_compile_options(affinity_compiler INTERFACE -fsanitize=${AFFINITY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(affinity_compiler INTERFACE -fsanitize=${AFFINITY_SANITIZE})
endif()

find_program(AFFINITY_LLD ld.lld)
if(AFFINITY_LLD)
  add_link_options(-fuse-ld=lld)
endif()
