// Models whose numbers the host cannot touch: all they do is what they do in host memory.
#include "../support/elsewhere.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;
using support::elsewhere::counts;
using Numbers = std::vector<double>;

namespace {

struct Net : tn::Sequential<tn::Input<3>, tn::Dense<5, tn::Tanh>, tn::BatchNormalization, tn::Dropout<0.3>, tn::Dense<4, tn::Softmax>> {};
struct Body {
  tn::Dense<4, tn::ReLU> shared;
  tn::Dense<3, tn::Softmax> classes;
  tn::Dense<2> numbers;
  constexpr auto call(auto a, auto b) const {
    const auto h = shared(a) + shared(b);
    return tn::outputs(classes(h), numbers(h));
  }
};
struct Pair : tn::Graph<Body, tn::Input<3>, tn::Input<3>> {};

using There = support::Elsewhere<tn::Cpu>;
static_assert(tn::backend<There> && tn::backend<support::Elsewhere<tn::Reference>>);

const xt::xtensor<double, 2> x{{0, 1, 2}, {1, 0, -1}, {2, 1, 0.5}, {1, 3, 1}, {0, 2, -2}, {-1, 0.25, 1}, {3, 1, 0}};
const xt::xtensor<float, 2> z{{1, 1, 0}, {0, 0, 1}, {2, 0, 2}, {1, -1, 1}, {0, 0.5, 0}, {1, 1, 1}, {0, 1, -1}};
const xt::xtensor<long, 1> y{0, 1, 2, 3, 0, 1, 2};
const xt::xtensor<float, 1> weights{1, 0.5f, 2, 0, 1, 3, 1};

template <class Backend, class N = Net>
auto classifier() { return tn::compile<N, Backend>(tn::Adam{.learning_rate = 0.02f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}); }
template <class Backend>
auto forked() {
  return tn::compile<Pair, Backend>(tn::SGD{.learning_rate = 0.05f, .momentum = 0.5f}, tn::losses(tn::SparseCategoricalCrossentropy{}, tn::MeanSquaredError{}).weights(1, 0.5f),
                                    tn::metrics(tn::Accuracy{}), tn::metrics(tn::MeanAbsoluteError{}));
}

void append(Numbers& to, const auto& values) { to.insert(to.end(), values.begin(), values.end()); }
void append(Numbers& to, const tn::History& history) {
  for (const std::string& key : history.keys()) append(to, history[key]);
}

/// Numbers that a function of a backend returns are the same on the host and elsewhere.
void check_alike(const auto& f) {
  const Numbers here = f(std::type_identity<tn::Cpu>{}), there = f(std::type_identity<There>{});
  CHECK(here.size() > 3);
  CHECK(here == there);
}

}  // namespace

TEST_CASE("who touches memory elsewhere crashes, unless it is a visit", "[model][device]") {
  support::elsewhere::Array<float> array;
  array.resize(1);
  const auto survives = [&](bool visit) {
    const pid_t child = fork();
    if (child == 0) {
      std::signal(SIGSEGV, SIG_DFL), std::signal(SIGBUS, SIG_DFL);
      if (visit) {
        const support::elsewhere::Visit open;
        *static_cast<volatile float*>(array.data()) = 1;
      } else {
        *static_cast<volatile float*>(array.data()) = 1;
      }
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  };
  CHECK(survives(true));
  CHECK_FALSE(survives(false));
}

TEST_CASE("fit elsewhere is fit on the host, with validation data, sample weights and callbacks", "[model][device]") {
  check_alike([]<class Backend>(std::type_identity<Backend>) {
    auto model = classifier<Backend>();
    Numbers numbers;
    struct Batches {
      decltype(model)* evaluated;
      Numbers* to;
      void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs& logs) {
        to->push_back(logs["loss"]);
        append(*to, evaluated->evaluate(x, y, {.batch_size = 2, .verbose = 0}));  // in the middle of an epoch
      }
    };
    tn::EarlyStopping stopping{.monitor = "val_loss", .patience = 1, .mode = tn::Mode::max, .restore_best_weights = true};  // which falls
    append(numbers, model.fit(x, y, {.batch_size = 3, .epochs = 4, .validation_data = {x, y, weights}, .callbacks = {Batches{&model, &numbers}, &stopping}, .verbose = 0, .seed = 3, .sample_weight = weights}));
    CHECK(stopping.stopped_epoch == 1);
    append(numbers, model.weights());
    return numbers;
  });
}
TEST_CASE("fit elsewhere is fit on the host, with a validation split and class weights, and again after that", "[model][device]") {
  check_alike([]<class Backend>(std::type_identity<Backend>) {
    auto model = classifier<Backend>();
    Numbers numbers;
    append(numbers, model.fit(x, y, {.batch_size = 2, .epochs = 2, .validation_split = 0.3, .verbose = 0, .seed = 1, .class_weight = {{1, 2.}, {3, 0.5}}}));
    append(numbers, model.fit(z, y, {.batch_size = 4, .shuffle = false, .verbose = 0, .seed = 2}));
    append(numbers, model.weights());
    return numbers;
  });
}
TEST_CASE("batches elsewhere are batches on the host", "[model][device]") {
  check_alike([]<class Backend>(std::type_identity<Backend>) {
    auto model = classifier<Backend>();
    Numbers numbers;
    for (int step = 0; step < 3; ++step) append(numbers, model.train_on_batch(x, y, weights));
    append(numbers, model.train_on_batch(z, y));
    append(numbers, model.test_on_batch(x, y, weights));
    append(numbers, model.evaluate(x, y, {.batch_size = 3, .sample_weight = weights, .verbose = 0}));
    append(numbers, model.predict(x, {.batch_size = 3}));
    append(numbers, model.predict(z, {.batch_size = 7}));
    append(numbers, model.predict_on_batch(x));
    for (const auto& w : model.get_weights()) append(numbers, w);
    return numbers;
  });
}
TEST_CASE("several inputs and outputs elsewhere are those on the host", "[model][device]") {
  check_alike([]<class Backend>(std::type_identity<Backend>) {
    auto model = forked<Backend>();
    Numbers numbers;
    const xt::xtensor<int, 1> classes{0, 1, 2, 2, 0, 1, 2};
    const xt::xtensor<double, 2> two{{0, 1}, {1, 0}, {2, 1}, {1, 3}, {0, 2}, {-1, 0}, {3, 1}};
    append(numbers, model.fit(tn::inputs(x, z), tn::targets(classes, two), {.batch_size = 3, .epochs = 2, .validation_split = 0.3, .verbose = 0, .seed = 5}));
    const auto [a, b] = model.predict(tn::inputs(x, z), {.batch_size = 4});
    append(numbers, a), append(numbers, b);
    tn::Inference<Pair> inference{model};
    std::array<float, 3> first{1, 2, 3}, second{-1, 0, 1}, c{};
    std::array<float, 2> d{};
    inference(first, second, c, d);
    append(numbers, c), append(numbers, d);
    tn::Inference<Pair, Backend> there{model};
    there(first, second, c, d);
    append(numbers, c), append(numbers, d);
    return numbers;
  });
}
TEST_CASE("weights elsewhere are set, saved, loaded and drawn anew as on the host", "[model][device]") {
  const support::TemporaryFolder folder;
  check_alike([&]<class Backend>(std::type_identity<Backend>) {
    auto model = classifier<Backend>();
    Numbers numbers;
    const auto note = [&] { append(numbers, model.weights()); };
    model.fit(x, y, {.epochs = 2, .callbacks = {tn::ModelCheckpoint{.filepath = folder.path() / "{epoch}"}}, .verbose = 0, .seed = 4});
    model.save(folder.path() / "net");
    note();
    model.initialize(9);  // Adam forgets, too
    note();
    model.train_on_batch(x, y);
    note();
    auto all = model.get_weights();
    all[1](0) = 7;
    model.set_weights(all);
    note();
    all.back() = xt::zeros<float>({9});
    CHECK_FALSE(error_of([&] { model.set_weights(all); }).empty());
    note();
    model.load_weights(folder.path() / "net");
    note();
    forked<tn::Cpu>().save(folder.path() / "other");
    CHECK_FALSE(error_of([&] { model.load_weights(folder.path() / "other"); }).empty());
    note();
    append(numbers, tn::load<Net, Backend>(folder.path() / "net").predict(x, {.batch_size = 4}));
    return numbers;
  });
}
TEST_CASE("a model elsewhere may be moved, also onto another", "[model][device]") {
  check_alike([]<class Backend>(std::type_identity<Backend>) {
    auto one = classifier<Backend>(), other = classifier<Backend>();
    Numbers numbers;
    one.train_on_batch(x, y), other.train_on_batch(z, y), other.predict(x);
    auto moved = std::move(one);
    append(numbers, moved.train_on_batch(x, y));
    other = std::move(moved);
    append(numbers, other.train_on_batch(x, y));
    append(numbers, other.fit(x, y, {.batch_size = 2, .verbose = 0, .seed = 1}));
    append(numbers, other.predict(x));
    append(numbers, other.weights());
    return numbers;
  });
}
TEST_CASE("the state of training elsewhere is that on the host", "[model][device]") {
  const support::TemporaryFolder folder;
  auto here = classifier<tn::Cpu>();
  auto there = classifier<There>();
  const auto train = [](auto& model) { return model.fit(x, y, {.batch_size = 3, .epochs = 2, .verbose = 0, .seed = 3}); };
  train(here), train(there);
  here.save_state(folder.path() / "here");
  there.save_state(folder.path() / "there");
  CHECK(support::content_of(folder.path() / "here") == support::content_of(folder.path() / "there"));
  auto went = classifier<There>();
  went.load_state(folder.path() / "here");
  for (int step = 0; step < 3; ++step) CHECK(went.train_on_batch(x, y) == here.train_on_batch(x, y));
  CHECK(went.weights() == here.weights());
}
TEST_CASE("the reference may compute elsewhere", "[model][device]") {
  auto here = classifier<tn::Reference>();
  auto there = classifier<support::Elsewhere<tn::Reference>>();
  const tn::FitOptions options{.batch_size = 3, .epochs = 2, .verbose = 0, .seed = 3};
  CHECK(here.fit(x, y, options)["loss"] == there.fit(x, y, options)["loss"]);
  CHECK(here.weights() == there.weights());
}

TEST_CASE("data go to a device once in each call, orders once in each epoch, and scores come back once in each epoch", "[model][device]") {
  auto model = classifier<There>();
  struct Begins {
    void on_train_batch_begin(tn::TrainableModel&, int) {}
  };
  counts = {};
  model.fit(x, y, {.batch_size = 2, .epochs = 3, .validation_data = {z, y}, .callbacks = {Begins{}}, .verbose = 0});
  CHECK(counts.begins == 2 * 3);   // x, y and sample weights, for training and for validation
  CHECK(counts.orders == 3 * 3);
  CHECK(counts.sums == 3 * 2);  // in training and in validation
  CHECK(counts.steps == 3 * 2 * 4);
  counts = {};
  model.predict(x, {.batch_size = 3});
  CHECK(counts.begins == 1);
  CHECK(counts.steps == 3);
  counts = {};
  model.train_on_batch(x, y);
  CHECK(counts.sums == 1);
}
