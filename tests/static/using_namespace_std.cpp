// Programs that say `using namespace std` before they include Tenon: no name of the library is taken for one of std's.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <type_traits>
#include <vector>
using namespace std;

#include <tenon/tenon.hpp>

namespace tn = tenon;

struct UsualNet : tn::Sequential<
    tn::Input<8, 8, 1>,
    tn::Conv2D<4, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2>,
    tn::BatchNormalization,
    tn::Flatten,
    tn::Dropout<0.5>,
    tn::Dense<3, tn::Softmax>> {};
static_assert(tn::check<UsualNet>());
static_assert(tn::training_bytes<UsualNet, 32, tn::Adam, tn::SparseCategoricalCrossentropy, tn::Reference> > 0);
static_assert(tn::detail::is_sound<tn::Evaluation<UsualNet, 0, tn::SparseCategoricalCrossentropy, tn::Accuracy>>);
