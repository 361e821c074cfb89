# Finds what Tenon's headers include: for the build here, and for find_package(Tenon) where this file is installed.
# Sets TENON_DEPENDENCIES to the targets to link, and TENON_MISSING to a text for the user when something is not there.

set(TENON_DEPENDENCIES xtensor xsimd Tenon::RapidJSON ZLIB::ZLIB Threads::Threads)
set(TENON_MISSING "")

# tenon_find(<package> <target> <lowest version> <its names in Debian/Ubuntu, Fedora, Homebrew, conda>)
macro(tenon_find package target lowest debian fedora brew conda)
  if(NOT TARGET ${target})
    # GLOBAL: a project that adds Tenon as a subdirectory must see the targets that Tenon links.
    find_package(${package} QUIET GLOBAL)
    if(NOT TARGET ${target})
      string(APPEND TENON_MISSING "Tenon needs ${package}, which was not found.\n")
    elseif("${${package}_VERSION}" VERSION_LESS "${lowest}")
      string(APPEND TENON_MISSING "Tenon needs ${package} ${lowest} or newer, found ${${package}_VERSION}.\n")
    endif()
    if(NOT TARGET ${target} OR "${${package}_VERSION}" VERSION_LESS "${lowest}")
      string(APPEND TENON_MISSING
        "  Debian, Ubuntu: apt-get install ${debian}\n  Fedora: dnf install ${fedora}\n"
        "  Homebrew: brew install ${brew}\n  conda: conda install -c conda-forge ${conda}\n")
    endif()
  endif()
endmacro()

# RapidJSON's own package has a target in some versions and none in others: here it is the folder of its headers.
find_path(TENON_RAPIDJSON rapidjson/reader.h)
mark_as_advanced(TENON_RAPIDJSON)
if(TENON_RAPIDJSON AND NOT TARGET Tenon::RapidJSON)
  file(STRINGS ${TENON_RAPIDJSON}/rapidjson/reader.h modern REGEX kParseNumbersAsStringsFlag LIMIT_COUNT 1)  # since 1.1
  if(modern)
    add_library(Tenon::RapidJSON INTERFACE IMPORTED GLOBAL)
    target_include_directories(Tenon::RapidJSON INTERFACE ${TENON_RAPIDJSON})
  endif()
endif()

tenon_find(xtensor xtensor 0.24 libxtensor-dev xtensor-devel xtensor xtensor)
tenon_find(xsimd xsimd 8.1 libxsimd-dev xsimd-devel xsimd xsimd)
tenon_find(RapidJSON Tenon::RapidJSON 1.1 rapidjson-dev rapidjson-devel rapidjson rapidjson)
tenon_find(ZLIB ZLIB::ZLIB "" zlib1g-dev zlib-devel zlib zlib)
tenon_find(Threads Threads::Threads "" libc6-dev glibc-devel gcc gxx)

# xtensor 0.24 relies on the matching of templates as it was before C++17's rule (P0522), which clang 19 applies by default.
# Clang 22 resolves what was ambiguous, and has no such flag any more.
if(TARGET xtensor AND "${xtensor_VERSION}" VERSION_GREATER_EQUAL 0.24 AND "${xtensor_VERSION}" VERSION_LESS 0.25
   AND CMAKE_CXX_COMPILER_ID STREQUAL Clang AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 19)
  include(CheckCXXCompilerFlag)
  check_cxx_compiler_flag(-fno-relaxed-template-template-args TENON_CAN_MATCH_TEMPLATES_AS_BEFORE)
  if(TENON_CAN_MATCH_TEMPLATES_AS_BEFORE)
    set_property(TARGET xtensor APPEND PROPERTY INTERFACE_COMPILE_OPTIONS
      $<$<COMPILE_LANGUAGE:CXX>:-fno-relaxed-template-template-args>
      $<$<COMPILE_LANGUAGE:CXX>:-Wno-deprecated-no-relaxed-template-template-args>)
  endif()
endif()
