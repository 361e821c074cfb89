# What decides how fast a program is: for find_package(Tenon) where this file is installed, and for projects that contain Tenon.
# The build type is theirs to choose, so nothing is changed here that they did not ask for; but without one a program trains
# up to a thousand times slower and says nothing, so this does.
#
# tenon_speed(<target>): with TENON_NATIVE, those who link the target are compiled for this machine.
function(tenon_speed target)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND NOT CMAKE_CXX_FLAGS MATCHES "-O")
    message(NOTICE "Tenon: no build type, so nothing is optimised and training is 500 to 1,000 times slower; configure with -DCMAKE_BUILD_TYPE=Release")
  endif()
  if(TENON_NATIVE)
    set_property(TARGET ${target} APPEND PROPERTY INTERFACE_COMPILE_OPTIONS $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:-march=native>>)
  elseif(NOT DEFINED TENON_NATIVE AND NOT CMAKE_CXX_FLAGS MATCHES "-march|-mcpu")
    message(NOTICE "Tenon: kernels use what every processor of the kind has (SSE2 on x86-64: 5 to 10 times slower than AVX-512); -DTENON_NATIVE=ON uses all that this machine has, and -DCMAKE_CXX_FLAGS=-march=x86-64-v3 what most have")
  endif()
endfunction()
