# tenon_add_compile_fail_tests(<file.cpp>...)
#
# Each file compiles as it stands (the accepted twin, built with everything else) and must stop compiling, with the message
# that its first line `// expect-error: <regex>` asks for, once TENON_EXPECT_COMPILE_ERROR is defined.
#
# The mark stands alone on the first line: compilers echo the lines around an error, so a mark there would match any failure.
# The regex holds a space or a `<`: build tools print file names, which could match a plain word.
function(tenon_add_compile_fail_tests)
  if(NOT ARGN)
    return()
  endif()
  add_library(tenon_accepted OBJECT ${ARGN})
  target_link_libraries(tenon_accepted PRIVATE tenon_development)
  target_compile_options(tenon_accepted PRIVATE -O0)

  foreach(source IN LISTS ARGN)
    cmake_path(GET source STEM name)
    file(STRINGS ${source} mark LIMIT_COUNT 1)
    if(NOT mark MATCHES "^// expect-error: (.*[ <].*)$")
      message(FATAL_ERROR "${source}: the first line must be '// expect-error: <regex>' with a space or a '<' in the regex")
    endif()
    set(regex "${CMAKE_MATCH_1}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})

    add_library(rejects.${name} OBJECT EXCLUDE_FROM_ALL ${source})
    target_link_libraries(rejects.${name} PRIVATE tenon_development)
    target_compile_options(rejects.${name} PRIVATE -O0)
    target_compile_definitions(rejects.${name} PRIVATE TENON_EXPECT_COMPILE_ERROR)
    add_test(NAME rejects.${name}
             COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target rejects.${name} --config $<CONFIG>)
    set_tests_properties(rejects.${name} PROPERTIES
      PASS_REGULAR_EXPRESSION "${regex}" RESOURCE_LOCK build_tree LABELS compile_fail)
  endforeach()
endfunction()
