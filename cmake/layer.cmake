# The slow, obvious twins in reference/: one library that every test, fuzz target and benchmark may
# link. A twin may include headers of any layer; whoever links it links that layer too.
file(GLOB reference_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/reference/*.cc)
add_library(reference STATIC EXCLUDE_FROM_ALL ${reference_sources})
target_include_directories(reference PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src)

# layer(<name> DEPENDS <targets...> [PRIVATE <targets...>]): one static library per folder of src/,
# plus one test binary per *_test.cc in that folder, plus a check that every header compiles on its
# own. PRIVATE names third-party libraries that only this layer's .cc files include.
function(layer name)
  cmake_parse_arguments(arg "" "" "DEPENDS;PRIVATE" ${ARGN})
  set(dir ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB headers CONFIGURE_DEPENDS ${dir}/*.h)
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cc)
  file(GLOB tests CONFIGURE_DEPENDS ${dir}/*_test.cc)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  if(NOT sources)  # a layer that is only headers still gets a library
    file(WRITE ${CMAKE_BINARY_DIR}/${name}_headers_only.cc "")
    set(sources ${CMAKE_BINARY_DIR}/${name}_headers_only.cc)
  endif()
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${headers})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
  if(BUILD_TESTING)
    foreach(test ${tests})
      layer_test(${name} ${test})
    endforeach()
  endif()
endfunction()

# layer_test(<layer> <file>): the test binary of one x_test.cc, as ctest's <layer>/x_test. A file
# called x_slow_test.cc gets the label `slow`: scripts/test runs it only when told --slow.
function(layer_test name file)
  get_filename_component(stem ${file} NAME_WE)
  add_executable(${name}_${stem} ${file})
  target_link_libraries(${name}_${stem} PRIVATE reference ${name} ${RAPIDCHECK} GTest::gtest_main)
  add_test(NAME ${name}/${stem} COMMAND ${name}_${stem})
  if(stem MATCHES "_slow_test$")
    set_tests_properties(${name}/${stem} PROPERTIES LABELS slow TIMEOUT 1800)
  else()
    set_tests_properties(${name}/${stem} PROPERTIES LABELS unit TIMEOUT 120)
  endif()
endfunction()
