# How this project's own tests, examples and benchmarks are compiled: they link tenon_development instead of Tenon::tenon.
option(TENON_WERROR "Treat warnings as errors" OFF)
option(TENON_NATIVE "Use every instruction of this machine (-march=native)" ${PROJECT_IS_TOP_LEVEL})
set(TENON_SANITIZE "" CACHE STRING "Sanitizers to build with, as in -fsanitize=…: address,undefined")

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

add_library(tenon_development INTERFACE)
target_link_libraries(tenon_development INTERFACE Tenon::tenon)
target_compile_options(tenon_development INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow $<$<BOOL:${TENON_WERROR}>:-Werror> $<$<BOOL:${TENON_NATIVE}>:-march=native>)
# Catch2's macros use __COUNTER__, which clang 22 calls an extension.
target_compile_options(tenon_development INTERFACE "$<$<CXX_COMPILER_ID:Clang>:-Wno-unknown-warning-option;-Wno-c2y-extensions>")
# g++ 12 finds overlapping copies in text + std::string where there are none (GCC bug 105651).
target_compile_options(tenon_development INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
if(TENON_SANITIZE)
  # A report ends the program, so that a test fails.
  target_compile_options(tenon_development INTERFACE -fsanitize=${TENON_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  target_link_options(tenon_development INTERFACE -fsanitize=${TENON_SANITIZE})
endif()
